"""Menu Carnês: the booklets of a customer and the services that may have one, in a fixed number of queries (C-43)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select

from models.base import db
from models.billing import Carne, Invoice
from models.services import Service


def carnes_of(person_id: int) -> list[Any]:
    """Each carnê, the newest first, with its service and where its instalments stand."""
    payable = (Invoice.status == "open") & (Invoice.paid_cents == 0)
    rows = (
        select(
            Carne,
            Service.plan_name,
            func.count(Invoice.id).label("invoices"),
            func.sum(case((Invoice.status == "paid", 1), else_=0)).label("paid"),
            func.sum(case((payable, 1), else_=0)).label("payable"),
            func.sum(case((payable, Invoice.total_cents), else_=0)).label("payable_cents"),
            func.min(case((Invoice.status == "open", Invoice.due_on))).label("next_due_on"),
        )
        .join(Service, Service.id == Carne.service_id)
        .outerjoin(Invoice, Invoice.carne_id == Carne.id)
        .where(Carne.person_id == person_id)
        .group_by(Carne.id, Service.id)
        .order_by(Carne.id.desc())
    )
    return list(db.session.execute(rows))


def services_for_carne(person_id: int) -> list[Service]:
    """The services that are not cancelled; which of them may have a carnê is a rule of its own (C-38)."""
    mine = select(Service).where(Service.person_id == person_id, Service.status != "cancelled")
    return list(db.session.scalars(mine.order_by(Service.uses_carne.desc(), Service.id)))


def services_without_carne(person_id: int) -> list[Service]:
    """Services that use a carnê and have none: the hint that one is to be generated (C-36)."""
    standing = select(Carne.id).where(Carne.service_id == Service.id, Carne.status == "open")
    mine = select(Service).where(Service.person_id == person_id, Service.status != "cancelled", Service.uses_carne)
    return list(db.session.scalars(mine.where(~standing.exists()).order_by(Service.id)))
