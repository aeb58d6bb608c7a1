"""The invoice or the charge of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from typing import Any

from flask import abort
from sqlalchemy import select

from models.base import db
from models.billing import Charge, Invoice
from staff.customers.loading import page as customer_page


def load(id: int) -> Invoice:
    invoice = db.session.scalars(select(Invoice).where(Invoice.id == id)).first()
    return invoice or abort(404)


def load_charge(id: int) -> Charge:
    charge = db.session.scalars(select(Charge).where(Charge.id == id)).first()
    return charge or abort(404)


def page(template: str, row: Invoice | Charge, **values: Any) -> str:
    """A page about one invoice or charge, under the head of its customer."""
    return customer_page(template, row.person_id, "money", row=row, **values)
