"""Contratos of a customer, of all services together."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk import customer_page
from staff.customers.loading import load, page
from web.access import staff

paper = Blueprint("paper", __name__)


@paper.get("/clientes/<int:id>/contratos")
@staff("contracts.read")
def index(id: int) -> ResponseReturnValue:
    load(id)
    services = [row.service.id for row in customer_page.billing(id)]
    return page("staff/paper/index.html", id, "contracts", contracts=customer_page.contracts(services))
