"""What can be done for some customers now: their oldest open invoice and their services (B-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from models.base import db
from models.billing import Invoice
from models.services import Service


@dataclass
class Standing:
    invoice: Invoice | None = None  # the oldest that is open
    services: list[Service] = field(default_factory=list)  # those that are not cancelled


def standing(person_ids: Sequence[int]) -> dict[int, Standing]:
    """By customer, in two statements whatever their number."""
    found = {id: Standing() for id in person_ids}
    place = func.row_number().over(partition_by=Invoice.person_id, order_by=(Invoice.due_on, Invoice.id)).label("place")
    open_ones = select(Invoice.id, place).where(Invoice.person_id.in_(person_ids), Invoice.status == "open").subquery()
    oldest = select(Invoice).join(open_ones, open_ones.c.id == Invoice.id).where(open_ones.c.place == 1)
    for invoice in db.session.scalars(oldest):
        found[invoice.person_id].invoice = invoice
    mine = select(Service).where(Service.person_id.in_(person_ids), Service.status != "cancelled")
    for service in db.session.scalars(mine.order_by(Service.id)):
        found[service.person_id].services.append(service)
    return found
