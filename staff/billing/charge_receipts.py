"""Receber no balcão what has no boleto: a charge without invoice (C-50)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.operators import today_of
from models.refused import require
from staff.billing.loading import load_charge, page
from web.access import staff
from web.forms import DayField, Form
from web.fragments import done

charge_receipts = Blueprint("charge_receipts", __name__)


class Receiving(Form):
    paid_on = DayField("Recebido em")


@charge_receipts.get("/cobrancas/<int:id>/recebimento")
@staff("billing.receive")
def new(id: int) -> ResponseReturnValue:
    charge = load_charge(id)
    require(charge.refusal_to_receive())
    form = Receiving(data={"paid_on": today_of(charge)}).edits(charge)
    return page("staff/charge_receipts/new.html", charge, form=form)


@charge_receipts.post("/cobrancas/<int:id>/recebimento")
@staff("billing.receive")
def create(id: int) -> ResponseReturnValue:
    charge = load_charge(id)
    form = Receiving().edits(charge)
    if form.accepts(lambda: charge.receive(form.paid_on.data, form.seen)):
        return done(url_for("staff.money.index", id=charge.person_id), f"{charge.description}: recebida")
    return page("staff/charge_receipts/new.html", charge, form=form), form.code
