"""Ordens de Serviço of a customer."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk import customer_page
from staff.customers.loading import load, page
from web.access import staff

orders = Blueprint("orders", __name__)


@orders.get("/clientes/<int:id>/ordens-de-servico")
@staff("orders.read")
def index(id: int) -> ResponseReturnValue:
    load(id)
    rows = customer_page.work_orders(id)
    return page("staff/orders/index.html", id, "orders", orders=rows)
