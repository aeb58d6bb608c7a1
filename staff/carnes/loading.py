"""The carnê of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from typing import Any

from models.billing import Carne
from staff.customers.loading import page as customer_page
from staff.loading import load_row


def load(id: int) -> Carne:
    return load_row(Carne, id)


def page(template: str, carne: Carne, **values: Any) -> str:
    """A page about one carnê, under the head of its customer."""
    return customer_page(template, carne.person_id, "carnes", carne=carne, **values)
