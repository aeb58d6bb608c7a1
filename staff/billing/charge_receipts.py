"""Receber no balcão what has no boleto: a charge without invoice (C-50, B-17)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.billing import Charge, Payment
from models.operators import company_of, today_of
from models.refused import require
from staff.billing.handing import Handing, standing
from staff.billing.loading import load_charge, page
from staff.billing.receipts import after, received_words
from web.access import staff
from web.fragments import done

charge_receipts = Blueprint("charge_receipts", __name__)


@charge_receipts.get("/cobrancas/<int:id>/recebimento")
@staff("billing.receive")
def new(id: int) -> ResponseReturnValue:
    charge = load_charge(id)
    require(charge.refusal_to_receive())
    return _page(charge, Handing(data={"paid_on": today_of(charge)}).edits(charge))


@charge_receipts.post("/cobrancas/<int:id>/recebimento")
@staff("billing.receive")
def create(id: int) -> ResponseReturnValue:
    charge, paid = load_charge(id), list[Payment]()
    form = Handing().edits(charge)
    if form.accepts(lambda: paid.append(charge.receive(form.paid_on.data, form.seen, form.handed))):
        words = received_words(paid[0], f"{charge.description}: recebida")
        return done(after(paid[0]), words)
    return _page(charge, form), form.code


def _page(charge: Charge, form: Handing) -> str:
    return page("staff/charge_receipts/new.html", charge, form=form, **standing(company_of(charge)))
