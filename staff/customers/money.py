"""Financeiro - Cliente and Menu Carnês: how each service is charged."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk import customer_page
from models.services import BILLING_TYPES
from staff.customers.loading import load, page
from web.access import staff

money = Blueprint("money", __name__)


@money.get("/clientes/<int:id>/financeiro")
@staff("people.read")
def index(id: int) -> ResponseReturnValue:
    load(id)
    return page("staff/money/index.html", id, "money", services=customer_page.billing(id), types=BILLING_TYPES)


@money.get("/clientes/<int:id>/carnes")
@staff("people.read")
def carnes(id: int) -> ResponseReturnValue:
    load(id)
    return page("staff/money/carnes.html", id, "carnes", services=customer_page.billing(id))
