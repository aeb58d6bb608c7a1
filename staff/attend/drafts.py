"""The opening form so far, after three seconds of silence or as its window closes (C-64)."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.base import db
from models.wording import hour
from staff.attend.loading import load
from staff.attend.openings import keep
from web.access import staff

drafts = Blueprint("drafts", __name__)


@drafts.post("/atendimentos/<int:id>/rascunho")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    ticket = load(id)
    keep(ticket)
    db.session.commit()
    return render_template("staff/tickets/_kept.html", at=hour(ticket.saved_at, ticket.zone))
