"""Histórico do Atendimento: the way through the subprocesses, and every event (A-99)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk import ticket_page
from staff.attend.loading import load, page, told
from web.access import staff
from web.forms import whole

histories = Blueprint("ticket_histories", __name__)
PARTS = {"subprocessos": "Subprocessos", "eventos": "Eventos"}


@histories.get("/atendimentos/<int:id>/historico")
@staff("tickets.read")
def index(id: int) -> ResponseReturnValue:
    part = request.args.get("parte", "subprocessos")
    part = part if part in PARTS else "subprocessos"
    before = whole(request.args.get("antes")) or None
    found = ticket_page.timeline(id, "tudo", before) if part == "eventos" else []
    return page(
        "staff/ticket_histories/index.html",
        load(id),
        "historico",
        part=part,
        parts=PARTS,
        stays=ticket_page.stays(id) if part == "subprocessos" else [],
        entries=told(found[: ticket_page.ENTRIES]),
        following=found[ticket_page.ENTRIES - 1].event.id if len(found) > ticket_page.ENTRIES else None,
    )
