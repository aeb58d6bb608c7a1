"""Descartar rascunho: the end of a draft opened by mistake, with a reason; its protocol stays taken."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.attend.loading import load, page
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

ticket_discards = Blueprint("ticket_discards", __name__)


class Discarding(Form):
    reason = lines("Motivo")


@ticket_discards.get("/atendimentos/<int:id>/descarte")
@staff("tickets.attend")
def new(id: int) -> ResponseReturnValue:
    ticket = load(id)
    require(ticket.refusal_to_discard(), fix=ticket)
    return page("staff/ticket_discards/new.html", ticket, form=Discarding().edits(ticket))


@ticket_discards.post("/atendimentos/<int:id>/descarte")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Discarding()
    if form.edits(ticket).accepts(lambda: ticket.discard(form.reason.data or "", form.seen)):
        return done(url_for("staff.tickets.index", aba="rascunhos"), f"{ticket.protocol} descartado")
    return page("staff/ticket_discards/new.html", ticket, form=form), form.code
