"""Mandar de novo: another boleto for one the bank refused or took off."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.billing import Invoice
from models.operators import company_of
from models.refused import require
from models.wording import day
from staff.billing.loading import load, page
from web.access import staff
from web.doors import me
from web.forms import DayField, Form
from web.fragments import done

resendings = Blueprint("resendings", __name__)


class Resending(Form):
    due_on = DayField("Vencimento do novo boleto")


@resendings.get("/faturas/<int:id>/reenvio")
@staff("billing.charge")
def edit(id: int) -> ResponseReturnValue:
    invoice = load(id)
    require(invoice.refusal_to_send_again() or invoice.refusal_to_forgive(me().may("billing.discount")), fix=invoice)
    today = clock.today(company_of(invoice).zone)
    return _page(invoice, Resending(data={"due_on": max(invoice.due_on, today)}).edits(invoice))


@resendings.post("/faturas/<int:id>/reenvio")
@staff("billing.charge")
def update(id: int) -> ResponseReturnValue:
    invoice = load(id)
    form = Resending().edits(invoice)
    may_discount = me().may("billing.discount")
    if form.accepts(lambda: invoice.send_again(form.due_on.data, form.seen, may_discount=may_discount)):
        toast = f"Novo boleto da fatura {invoice.number}, vence em {day(invoice.due_on)}: vai na próxima remessa"
        return done(url_for("staff.invoices.show", id=id), toast)
    return _page(invoice, form), form.code


def _page(invoice: Invoice, form: Resending) -> str:
    return page("staff/resendings/edit.html", invoice, form=form, given_up=invoice.due_today().late_cents)
