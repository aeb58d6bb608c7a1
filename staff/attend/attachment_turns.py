"""Rotacionar: an image turns a quarter to the right (A-97)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from staff.attend.loading import load_file
from web.access import staff
from web.forms import whole
from web.fragments import done

attachment_turns = Blueprint("attachment_turns", __name__)


@attachment_turns.post("/anexos/<int:id>/giro")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    ticket, row = load_file(id)
    ticket.rotate(row, whole(request.form.get("version")))
    db.session.commit()
    return done(url_for("staff.attachments.edit", id=id))
