"""Whoever follows a ticket stops following it; the way in is Encaminhar (A-102)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db
from models.desk import ticket_page
from models.refused import Refused, require
from models.tickets import FOLLOWS_NOT
from staff.attend.loading import here, load
from web.access import staff
from web.forms import whole
from web.fragments import done

watchers = Blueprint("watchers", __name__)


@watchers.post("/atendimentos/<int:id>/visualizadores/remover")
@staff("tickets.read")
def destroy(id: int) -> ResponseReturnValue:
    """Oneself; somebody else only from whoever holds the ticket, and only who follows it has a name here."""
    ticket, number = load(id), whole(request.form.get("operator_id"))
    require(ticket.refusal_to_unwatch(number), fix=ticket)
    operator = next((one for one in ticket_page.watchers(id) if one.id == number), None)
    if operator is None:
        raise Refused(FOLLOWS_NOT)
    ticket.unwatch(operator)
    db.session.commit()
    return done(here(ticket), f"{operator.name} não acompanha mais")
