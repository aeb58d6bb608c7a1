"""Of whom is a new order? The search of a new ticket, with the way to open an order (A-121)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk import ticket_search
from models.desk.document_searches import is_whole_document
from models.desk.ticket_search import Customer
from staff.attend.loading import requires
from staff.searching import missed, searched
from web.access import staff
from web.doors import me
from web.fragments import answer

order_customers = Blueprint("order_customers", __name__)
PATH = "/ordens/nova"


@order_customers.get(PATH)
@staff("orders.open")
def new() -> ResponseReturnValue:
    """Nothing is written before a customer is picked."""
    requires("people.read")
    return _page("", [])


@order_customers.post(PATH)
@staff("orders.open")
def search() -> ResponseReturnValue:
    """A post, because a CPF may not stand in an address. Counted with the other searches (A-06)."""
    requires("people.read")
    q = searched()
    found = ticket_search.find(q, by_part=me().may("people.read_cpf"))
    if q and not found and is_whole_document(q):
        missed()
    return _page(q, found)


def _page(q: str, found: list[Customer]) -> ResponseReturnValue:
    return answer("staff/order_customers/new.html", "staff/order_customers/_customers.html", q=q, found=found)
