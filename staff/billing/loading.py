"""The invoice or the charge of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from typing import Any

from models.billing import Charge, Invoice
from staff.customers.loading import page as customer_page
from staff.loading import load_row


def load(id: int) -> Invoice:
    return load_row(Invoice, id)


def load_charge(id: int) -> Charge:
    return load_row(Charge, id)


def page(template: str, row: Invoice | Charge, **values: Any) -> str:
    """A page about one invoice or charge, under the head of its customer."""
    return customer_page(template, row.person_id, "money", row=row, **values)
