"""A comment so far, kept for whoever types it; and the pages one goes to from it, to come back to it (B-10)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.base import db
from models.refused import require
from models.tickets import keep_draft
from models.wording import hour
from staff.attend.loading import load
from web.access import staff
from web.doors import me

texts = Blueprint("texts", __name__)
# A button of the composer: where it leads, once what is typed is kept.
BESIDE = {"respostas": "staff.answers.index", "macros": "staff.macro_runs.index"}


@texts.post("/atendimentos/<int:id>/texto")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    ticket = load(id)
    require(ticket.refusal_to_type(), fix=ticket)
    text = request.form.get("body", "").replace("\r\n", "\n")
    keep_draft(ticket.id, me().id, text, request.form.get("visibility", ""))
    db.session.commit()
    if beside := BESIDE.get(request.form.get("ir", "")):
        return redirect(url_for(beside, id=id), 303)
    return render_template("staff/tickets/_kept.html", at=hour(clock.now(), ticket.zone))
