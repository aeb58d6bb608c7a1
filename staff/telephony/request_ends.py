"""The customer wants it no more, while it is in triage."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.telephony.loading import ASKS, edits, load_request, page
from web.access import staff
from web.forms import Form, text
from web.fragments import done

request_ends = Blueprint("request_ends", __name__)


class Ending(Form):
    reason = text("Motivo", 200)


@request_ends.get("/planner/pedidos/<int:id>/desistencia")
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    row = load_request(id)
    require(row.refusal_to_give_up(), fix=row)
    return page("staff/request_ends/new.html", row, ASKS, form=edits(Ending(), row))


@request_ends.post("/planner/pedidos/<int:id>/desistencia")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    row = load_request(id)
    form = edits(Ending(), row)
    if form.accepts(lambda: row.give_up(form.reason.data, form.seen)):
        return done(url_for("staff.upgrade_requests.show", id=id), "Encerrado por desistência")
    return page("staff/request_ends/new.html", row, ASKS, form=form), form.code
