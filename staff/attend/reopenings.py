"""Reabrir: by permission, with a reason; the old deadline counts (A-109)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.refused import require
from models.tickets import Ticket
from staff.attend.loading import here, load, page
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

reopenings = Blueprint("reopenings", __name__)


class Reopening(Form):
    reason = lines("Motivo")


@reopenings.get("/atendimentos/<int:id>/reabertura")
@staff("tickets.reopen")
def new(id: int) -> ResponseReturnValue:
    ticket = load(id)
    require(ticket.refusal_to_reopen(), fix=ticket)
    return page("staff/reopenings/new.html", ticket, form=Reopening().edits(ticket))


@reopenings.post("/atendimentos/<int:id>/reabertura")
@staff("tickets.reopen")
def create(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Reopening()
    if form.edits(ticket).accepts(lambda: ticket.reopen(form.reason.data or "", form.seen)):
        return done(here(ticket), f"{ticket.protocol} reaberto, {_with(ticket)}")
    return page("staff/reopenings/new.html", ticket, form=form), form.code


def _with(ticket: Ticket) -> str:
    return "com você" if ticket.assignee_id else "na fila do setor"
