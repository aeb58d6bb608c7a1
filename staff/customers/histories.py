"""Históricos of a customer: append-only, filtered by kind, a page at a time (X-03)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db, reads_from_here
from models.desk import customer_page
from models.history import ACTIONS
from models.history.action import KINDS
from staff.customers.loading import load, page
from web.access import staff
from web.doors import me
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
    offered = {name: title for name, title in KINDS.items() if name != "ticket" or me().may("tickets.read")}
    asked = [kind] if kind in offered else offered
    every = len(asked) == len(KINDS)
    wanted = None if every else {name for name, action in ACTIONS.items() if action.kind in asked}
    events = customer_page.history(id, PAGE + 1, wanted, before)
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
