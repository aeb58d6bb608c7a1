"""Cancelar: the booklet and what is unpaid of it, with the reason (C-47)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.desk.carnes import loss_of
from models.refused import require
from staff.carnes.loading import load, page
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

carne_cancellations = Blueprint("carne_cancellations", __name__)


class Cancelling(Form):
    reason = lines("Motivo")


@carne_cancellations.get("/carnes/<int:id>/cancelamento")
@staff("billing.cancel")
def new(id: int) -> ResponseReturnValue:
    carne = load(id)
    require(carne.refusal_to_cancel(), fix=carne)
    return page("staff/carne_cancellations/new.html", carne, form=Cancelling().edits(carne), consequence=loss_of(carne))


@carne_cancellations.post("/carnes/<int:id>/cancelamento")
@staff("billing.cancel")
def create(id: int) -> ResponseReturnValue:
    carne = load(id)
    form = Cancelling().edits(carne)
    if form.accepts(lambda: carne.cancel(form.reason.data or "", form.seen)):
        return done(url_for("staff.carnes.show", id=id), f"Carnê {id} cancelado")
    return page("staff/carne_cancellations/new.html", carne, form=form, consequence=loss_of(carne)), form.code
