"""Imprimir O.S. by the profile of its type, and waiting while the worker prints it (A-86)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.desk.order_page import order_page
from models.desk.order_paper import print_order, show_order
from staff.field.loading import PATH, load
from staff.printing import awaited, handed, print_of
from web.access import staff

order_prints = Blueprint("order_prints", __name__)
PRINT = f"{PATH}/impressao"


@order_prints.get(f"{PRINT}/<int:document_id>")
@staff("orders.read", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """Waits for the bytes, and opens them."""
    order = load(id)
    return awaited(
        order,
        document_id,
        the=f"a {order.label}",
        again=url_for(".show", id=id, document_id=document_id),
        ready=url_for(".create", id=id, document_id=document_id),
        back=url_for("staff.work_orders.show", id=id),
    )


@order_prints.post(PRINT)
@order_prints.post(f"{PRINT}/<int:document_id>")
@staff("orders.read")
def create(id: int, document_id: int | None = None) -> ResponseReturnValue:
    """The order as it stands, or a print that was made before."""
    order = load(id)
    if document_id is None:
        document = print_order(order_page(order))
    elif (document := print_of(order, document_id)).ready:
        show_order(order)
    return handed(document, f"os-{order.number}", url_for(".show", id=id, document_id=document.id))
