"""The service of a page, through the operator's companies."""

from __future__ import annotations

from typing import Any

from flask import abort
from sqlalchemy import select

from models.base import db
from models.services import Service
from staff.customers.loading import page as customer_page


def load(id: int) -> Service:
    service = db.session.scalars(select(Service).where(Service.id == id)).first()
    return service or abort(404)


def page(template: str, service: Service, **values: Any) -> str:
    """A page about one service, under the head of its customer."""
    return customer_page(template, service.person_id, "services", service=service, **values)
