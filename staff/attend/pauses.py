"""The clock stops while somebody else has to act, with a reason, and runs again."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db
from models.refused import require
from staff.attend.loading import due_words, here, load, page
from web.access import staff
from web.forms import Form, lines, whole
from web.fragments import done

pauses = Blueprint("pauses", __name__)


class Pausing(Form):
    reason = lines("Motivo", 200)


@pauses.get("/atendimentos/<int:id>/pausa")
@staff("tickets.attend")
def new(id: int) -> ResponseReturnValue:
    ticket = load(id)
    require(ticket.refusal_to_pause(), fix=ticket)
    return page("staff/pauses/new.html", ticket, form=Pausing().edits(ticket))


@pauses.post("/atendimentos/<int:id>/pausa")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Pausing()
    if form.edits(ticket).accepts(lambda: ticket.pause(form.reason.data or "", form.seen)):
        return done(here(ticket), f"{ticket.protocol}: o prazo parou")
    return page("staff/pauses/new.html", ticket, form=form), form.code


@pauses.post("/atendimentos/<int:id>/pausa/fim")
@staff("tickets.attend")
def destroy(id: int) -> ResponseReturnValue:
    ticket = load(id)
    ticket.resume(whole(request.form.get("seen")) or None)
    db.session.commit()
    return done(here(ticket), f"{ticket.protocol}: o prazo corre, vence {due_words(ticket)}")
