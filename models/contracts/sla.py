"""The contract a ticket of a service belongs to, which says its SLA table (A-10, A-37, A-120)."""

from __future__ import annotations

from sqlalchemy import select

from models.base import db
from models.contracts.contract import Contract


def contract_of(service_id: int) -> int | None:
    """The newest active contract that names an SLA table, else the newest active one; None without contract."""
    mine = select(Contract.id).where(Contract.service_id == service_id, Contract.status == "active")
    return db.session.scalar(mine.order_by(Contract.sla_table_id.is_(None), Contract.number.desc()).limit(1))
