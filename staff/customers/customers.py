"""The list of customers, its search, and the Dashboard do Cliente."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from models.base import db, reads_from_here
from models.desk import customer_page
from models.desk.customers import allowed, find
from models.desk.document_searches import is_whole_document, refusal_to_search
from models.refused import TooOften
from staff.customers.loading import page, told_of
from staff.searching import missed
from web.access import staff
from web.doors import me
from web.forms import whole
from web.fragments import answer

customers = Blueprint("customers", __name__)


@customers.get("/clientes")
@staff("people.read")
def index() -> ResponseReturnValue:
    found = find(after=whole(request.args.get("depois")))
    return answer("staff/customers/index.html", "staff/customers/_results.html", found=found, q="")


@customers.post("/clientes")
@staff("people.read")
def search() -> ResponseReturnValue:
    """A post, because a CPF may not stand in an address. At most 60 a minute each."""
    if not allowed(me().id):
        raise TooManyRequests(retry_after=60)
    q = request.form.get("q", "")[:120].strip()
    by_part = me().may("people.read_cpf")
    refusal = refusal_to_search(me().id, q, by_part)
    db.session.commit()
    if refusal:
        raise TooOften(refusal)
    reads_from_here()
    found = find(q, whole(request.form.get("depois")), by_part=by_part)
    if not found.people and is_whole_document(q, by_part):
        missed()
    return answer("staff/customers/index.html", "staff/customers/_results.html", found=found, q=q)


@customers.get("/clientes/<int:id>")
@staff("people.read")
def show(id: int) -> ResponseReturnValue:
    return page(
        "staff/customers/show.html",
        id,
        "services",
        services=customer_page.services(id),
        contacts=customer_page.contacts(id),
        events=told_of(id, limit=6),
    )
