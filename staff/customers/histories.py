"""Históricos of a customer: append-only, filtered by kind, a page at a time (X-03)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db, reads_from_here
from models.desk import customer_page
from staff.customers.loading import kinds, load, page, told_of
from web.access import staff
from web.forms import whole

histories = Blueprint("histories", __name__)
PAGE = 100


@histories.get("/clientes/<int:id>/historicos")
@staff("history.read")
def index(id: int) -> ResponseReturnValue:
    load(id)
    return _page(id)


@histories.post("/clientes/<int:id>/historicos/documentos")
@staff("people.read_cpf")
def show(id: int) -> ResponseReturnValue:
    """The CPF or CNPJ before and after each correction, whole; that they were seen is written down (B-03)."""
    load(id).reveal_document()
    db.session.commit()
    reads_from_here()
    return _page(id, shown=True)


def _page(id: int, shown: bool = False) -> str:
    kind, before = request.args.get("tipo", ""), whole(request.args.get("antes"))
    offered, events = kinds(), told_of(id, PAGE + 1, kind, before)
    return page(
        "staff/histories/index.html",
        id,
        "history",
        events=events[:PAGE],
        more=len(events) > PAGE,
        before=before,
        kinds=offered,
        corrections=customer_page.corrected_documents(id),
        shown_documents=shown,
        chosen=kind if kind in offered else "",
    )
