"""How much of a ticket its customer is told by itself (A-39)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models.refused import require
from models.workflows import NOTIFY_LEVELS
from staff.attend.loading import here, load, page
from web.access import staff
from web.forms import Form
from web.fragments import done

notify_levels = Blueprint("notify_levels", __name__)
LABEL = "Nível de notificação em APP"


def level_field() -> RadioField:
    return RadioField(LABEL, choices=list(NOTIFY_LEVELS.items()), validate_choice=False)


class Telling(Form):
    notify_level = level_field()


@notify_levels.get("/atendimentos/<int:id>/notificacao")
@staff("tickets.attend")
def edit(id: int) -> ResponseReturnValue:
    ticket = load(id)
    require(ticket.refusal_to_act(), fix=ticket)
    return page("staff/notify_levels/edit.html", ticket, form=Telling(obj=ticket).edits(ticket))


@notify_levels.post("/atendimentos/<int:id>/notificacao")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Telling()
    if form.edits(ticket).accepts(lambda: ticket.change_notify_level(form.notify_level.data or "", form.seen)):
        return done(here(ticket), f"{ticket.protocol}: {NOTIFY_LEVELS[ticket.notify_level].lower()}")
    return page("staff/notify_levels/edit.html", ticket, form=form), form.code
