"""Who asks for it: the customer of a new request is searched for, as in the list of customers (U-01)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk.customers import Found, find
from models.desk.document_searches import is_whole_document
from staff.attend.loading import requires
from staff.searching import missed, searched
from web.access import staff
from web.doors import me
from web.fragments import answer

request_customers = Blueprint("request_customers", __name__)
MOST = 10


@request_customers.get("/planner/pedidos/novo")
@staff("telephony.work")
def index() -> ResponseReturnValue:
    requires("people.read")
    return _found("", None)


@request_customers.post("/planner/pedidos/novo")
@staff("telephony.work")
def show() -> ResponseReturnValue:
    """A post, because a CPF may not stand in an address. Counted with the other searches."""
    requires("people.read")
    by_part = me().may("people.read_cpf")
    q = searched(by_part)
    found = find(q, size=MOST, by_part=by_part) if q else None
    if found and not found.people and is_whole_document(q, by_part):
        missed()
    return _found(q, found)


def _found(q: str, found: Found | None) -> str:
    return answer("staff/request_customers/index.html", "staff/request_customers/_found.html", q=q, found=found)
