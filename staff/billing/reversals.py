"""Estorno: a payment taken back, after a page that says what will happen (B-01)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing import Payment
from models.collection import Reversal
from models.desk.closing_page import reversing
from models.refused import require
from models.wording import brl
from staff.customers.loading import page as customer_page
from staff.loading import load_row
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

reversals = Blueprint("reversals", __name__)
PATH = "/pagamentos/<int:id>/estorno"


class Reversing(Form):
    reason = lines("Motivo")


@reversals.get(PATH)
@staff("billing.reverse")
def new(id: int) -> ResponseReturnValue:
    payment = load_row(Payment, id)
    asked = reversing(payment)
    require(asked.refusal, fix=asked.invoice)
    return _page(payment, Reversing())


@reversals.post(PATH)
@staff("billing.reverse")
def create(id: int) -> ResponseReturnValue:
    payment, form = load_row(Payment, id), Reversing()
    if form.accepts(lambda: Reversal.make(payment, form.reason.data or "")):
        return done(_back(payment), f"Estornado: {brl(payment.amount_cents)}")
    return _page(payment, form), form.code


def _page(payment: Payment, form: Reversing) -> str:
    asked, back = reversing(payment), _back(payment)
    return customer_page("staff/reversals/new.html", payment.person_id, "money", asked=asked, form=form, back=back)


def _back(payment: Payment) -> str:
    """The page of what it was for."""
    if payment.invoice_id:
        return url_for("staff.invoices.show", id=payment.invoice_id)
    return url_for("staff.money.index", id=payment.person_id)
