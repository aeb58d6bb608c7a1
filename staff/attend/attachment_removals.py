"""Excluir Arquivo: it asks, and who and why stays (A-97)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from staff.attend.loading import load_file, page
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

attachment_removals = Blueprint("attachment_removals", __name__)


class Removing(Form):
    reason = lines("Motivo", 200)


@attachment_removals.get("/anexos/<int:id>/remover")
@staff("tickets.attend")
def new(id: int) -> ResponseReturnValue:
    ticket, row = load_file(id)
    return page("staff/attachment_removals/new.html", ticket, "anexos", file=row, form=Removing())


@attachment_removals.post("/anexos/<int:id>/remover")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    ticket, row = load_file(id)
    form = Removing()
    if form.accepts(lambda: ticket.detach(row, form.reason.data or "")):
        return done(url_for("staff.attachments.index", id=ticket.id), "Arquivo excluído")
    return page("staff/attachment_removals/new.html", ticket, "anexos", file=row, form=form), form.code
