"""The customer did not buy: the negotiation ends with its reason (U-34)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.telephony.closing import disagreeing
from staff.telephony.loading import AGREES, load_request, page
from web.access import staff
from web.fragments import done

disagreements = Blueprint("disagreements", __name__)


@disagreements.get("/planner/pedidos/<int:id>/nao-fechado")
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    row = load_request(id)
    require(row.refusal_to_agree(), fix=row)
    return page("staff/disagreements/new.html", row, AGREES, form=disagreeing(row))


@disagreements.post("/planner/pedidos/<int:id>/nao-fechado")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    row = load_request(id)
    form = disagreeing(row)
    if form.accepts(lambda: row.not_agreed(form.reason.data, form.seen)):
        return done(url_for("staff.upgrade_requests.index"), "Encerrado: não fechado")
    return page("staff/disagreements/new.html", row, AGREES, form=form), form.code
