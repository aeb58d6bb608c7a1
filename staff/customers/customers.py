"""The list of customers, its search, and the Dashboard do Cliente."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk import customer_page
from models.desk.customers import find
from models.desk.document_searches import is_whole_document
from models.desk.finished_sale import finished_sale
from models.operators import roles_with
from staff.customers.loading import page, told_of
from staff.searching import missed, searched
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
    by_part = me().may("people.read_cpf")
    q = searched(by_part)
    found = find(q, whole(request.form.get("depois")), by_part=by_part)
    if not found.people and is_whole_document(q, by_part):
        missed()
    return answer("staff/customers/index.html", "staff/customers/_results.html", found=found, q=q)


@customers.get("/clientes/<int:id>")
@staff("people.read")
def show(id: int) -> ResponseReturnValue:
    """After Salvar, `venda` is the sale that was saved: what can be done with it now stands on top (C-20)."""
    finished = finished_sale(id, whole(request.args.get("venda")))
    return page(
        "staff/customers/show.html",
        id,
        "services",
        finished=finished,
        enabling=roles_with(["services.enable"])["services.enable"] if finished and finished.waits else [],
        services=customer_page.services(id),
        contacts=customer_page.contacts(id),
        events=told_of(id, limit=6),
    )
