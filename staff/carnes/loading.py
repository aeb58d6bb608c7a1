"""The carnê of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from typing import Any

from flask import abort
from sqlalchemy import select

from models.base import db
from models.billing import Carne
from staff.customers.loading import page as customer_page


def load(id: int) -> Carne:
    return db.session.scalars(select(Carne).where(Carne.id == id)).first() or abort(404)


def page(template: str, carne: Carne, **values: Any) -> str:
    """A page about one carnê, under the head of its customer."""
    return customer_page(template, carne.person_id, "carnes", carne=carne, **values)
