"""Históricos of a customer: append-only, filtered by kind, a page at a time (X-03)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.history import ACTIONS, Event, who
from models.history.acting import TODAS
from models.history.actions import KINDS
from staff.customers.loading import load, page
from web.access import staff
from web.forms import whole

histories = Blueprint("histories", __name__)
PAGE = 100


@histories.get("/clientes/<int:id>/historicos")
@staff("history.read")
def index(id: int) -> ResponseReturnValue:
    load(id)
    kind, before = request.args.get("tipo", ""), whole(request.args.get("antes"))
    wanted = {name for name, action in ACTIONS.items() if action.kind == kind} if kind in KINDS else None
    events = _events(id, wanted, before)
    return page(
        "staff/histories/index.html",
        id,
        "history",
        events=events[:PAGE],
        more=len(events) > PAGE,
        before=before,
        kinds=KINDS,
        chosen=kind if kind in KINDS else "",
    )


def _events(person_id: int, actions: set[str] | None, before: int) -> list[Event]:
    """One page and one more, newest first; of somebody in TODAS each company reads its own part."""
    rows = select(Event).where(Event.person_id == person_id)
    if who().company_id != TODAS:
        rows = rows.where(Event.company_id.in_((TODAS, who().company_id)))
    if actions is not None:
        rows = rows.where(Event.action.in_(actions))
    if before:
        rows = rows.where(Event.id < before)
    return list(db.session.scalars(rows.order_by(Event.id.desc()).limit(PAGE + 1)))
