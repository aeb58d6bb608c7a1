"""Whoever follows a ticket stops following it; the way in is Encaminhar (A-102)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db
from models.operators import Operator
from models.refused import Refused
from staff.attend.loading import here, load
from web.access import staff
from web.doors import me
from web.forms import whole
from web.fragments import done

watchers = Blueprint("watchers", __name__)


@watchers.post("/atendimentos/<int:id>/visualizadores/remover")
@staff("tickets.read")
def destroy(id: int) -> ResponseReturnValue:
    """Oneself always; somebody else only from whoever holds the ticket."""
    ticket, operator = load(id), db.session.get(Operator, whole(request.form.get("operator_id")))
    if operator is None:
        raise Refused("Escolha quem deixa de acompanhar.")
    if operator.id != me().id:
        ticket.require_held()
    ticket.unwatch(operator)
    db.session.commit()
    return done(here(ticket), f"{operator.name} não acompanha mais")
