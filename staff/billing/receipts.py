"""Receber no balcão: the payment of an invoice in cash or by card, with its fine, interest and discount."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing import Invoice
from models.desk.invoices import older_late
from models.operators import today_of
from models.refused import require
from models.wording import brl
from staff.billing.loading import load, page
from web.access import staff
from web.doors import me
from web.forms import DayField, Form, MoneyField
from web.fragments import done

receipts = Blueprint("receipts", __name__)


class Receiving(Form):
    paid_on = DayField("Recebido em")
    amount_cents = MoneyField("Valor recebido")
    discount_cents = MoneyField("Desconto")


@receipts.get("/faturas/<int:id>/recebimento")
@staff("billing.receive")
def new(id: int) -> ResponseReturnValue:
    invoice = load(id)
    require(invoice.refusal_to_receive(), fix=invoice)
    filled = {"paid_on": today_of(invoice), "amount_cents": invoice.due_today().total_cents}
    return _page(invoice, Receiving(data=filled).edits(invoice))


@receipts.post("/faturas/<int:id>/recebimento")
@staff("billing.receive")
def create(id: int) -> ResponseReturnValue:
    invoice = load(id)
    form = Receiving().edits(invoice)
    typed = (form.amount_cents.data, form.paid_on.data, form.discount_cents.data)
    may_discount = me().may("billing.discount")
    if form.accepts(lambda: invoice.receive(*typed, may_discount=may_discount, seen=form.seen)):
        return done(url_for("staff.invoices.show", id=id), _received_words(invoice))
    return _page(invoice, form), form.code


def _received_words(invoice: Invoice) -> str:
    if invoice.status == "paid":
        return f"Fatura {invoice.number} recebida"
    return f"Recebido em parte: hoje faltam {brl(invoice.due_today().total_cents)} da fatura {invoice.number}"


def _page(invoice: Invoice, form: Receiving) -> str:
    return page("staff/receipts/new.html", invoice, form=form, due=invoice.due_today(), older=older_late(invoice))
