"""Cancelar a charge without invoice, with the reason."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from staff.billing.closings import Closing
from staff.billing.loading import load_charge, page
from web.access import staff
from web.fragments import done

charge_closings = Blueprint("charge_closings", __name__)


@charge_closings.get("/cobrancas/<int:id>/cancelamento")
@staff("billing.cancel")
def new(id: int) -> ResponseReturnValue:
    charge = load_charge(id)
    require(charge.refusal_to_cancel())
    return page("staff/charge_closings/new.html", charge, form=Closing().edits(charge))


@charge_closings.post("/cobrancas/<int:id>/cancelamento")
@staff("billing.cancel")
def create(id: int) -> ResponseReturnValue:
    charge = load_charge(id)
    form = Closing().edits(charge)
    if form.accepts(lambda: charge.cancel(form.reason.data or "", form.seen)):
        return done(url_for("staff.money.index", id=charge.person_id), f"{charge.description}: cancelada")
    return page("staff/charge_closings/new.html", charge, form=form), form.code
