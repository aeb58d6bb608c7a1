"""Históricos of a customer: append-only, filtered by kind (X-03)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk import customer_page
from models.history import ACTIONS
from models.history.actions import KINDS
from staff.customers.loading import load, page
from web.access import staff

histories = Blueprint("histories", __name__)


@histories.get("/clientes/<int:id>/historicos")
@staff("history.read")
def index(id: int) -> ResponseReturnValue:
    load(id)
    kind = request.args.get("tipo", "")
    wanted = {name for name, action in ACTIONS.items() if action.kind == kind} if kind in KINDS else None
    events = customer_page.history(id, actions=wanted)
    return page("staff/histories/index.html", id, "history", events=events, kinds=KINDS, chosen=kind)
