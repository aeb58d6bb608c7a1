"""Resgatar: whoever presses it answers for the ticket from then on (A-44)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db
from staff.attend.loading import here, load
from web.access import staff
from web.forms import whole
from web.fragments import done

claims = Blueprint("claims", __name__)


@claims.post("/atendimentos/<int:id>/resgate")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    ticket = load(id)
    ticket.claim(whole(request.form.get("seen")) or None)
    db.session.commit()
    return done(here(ticket), f"{ticket.protocol} está com você")
