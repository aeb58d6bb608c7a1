"""The service of a page, through the operator's companies."""

from __future__ import annotations

from typing import Any

from models.services import Service
from staff.customers.loading import page as customer_page
from staff.loading import load_row


def load(id: int) -> Service:
    return load_row(Service, id)


def page(template: str, service: Service, **values: Any) -> str:
    """A page about one service, under the head of its customer."""
    return customer_page(template, service.person_id, "services", service=service, **values)
