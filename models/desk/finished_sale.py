"""A sale that was saved, on the page of its customer: what was made, and what can be done with it now (C-20)."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from models.base import db
from models.billing.carne_plan import refusal_to_carne
from models.contracts import Contract
from models.sales import Sale
from models.services import Service


class FinishedSale(NamedTuple):
    sale: Sale
    service: Service
    contract_id: int | None  # of the newest contract in force

    @property
    def refusal_to_carne(self) -> str | None:
        return refusal_to_carne(self.service)

    @property
    def waits(self) -> bool:
        """Is it to be enabled, once somebody was there?"""
        return self.service.status == "awaiting_installation"


def finished_sale(person_id: int, sale_id: int | None) -> FinishedSale | None:
    """The sale of this number, when it is saved and of this customer."""
    if not sale_id:
        return None
    contract = select(func.max(Contract.id)).where(Contract.service_id == Service.id, Contract.status == "active")
    rows = select(Sale, Service, contract.scalar_subquery()).join(Service, Service.id == Sale.service_id)
    row = db.session.execute(rows.where(Sale.id == sale_id, Sale.person_id == person_id)).first()
    return FinishedSale._make(row) if row else None
