"""Usar crédito: an open invoice paid with what the customer has to their credit (B-02)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing import Invoice
from models.desk import invoice_page
from models.refused import Refused, require
from models.wording import brl
from staff.billing.loading import load, page
from web.access import staff
from web.forms import Form, MoneyField
from web.fragments import done

credit_uses = Blueprint("credit_uses", __name__)
PATH = "/faturas/<int:id>/credito"


class Using(Form):
    amount_cents = MoneyField("Quanto usar")


@credit_uses.get(PATH)
@staff("billing.receive")
def new(id: int) -> ResponseReturnValue:
    invoice = load(id)
    require(invoice.refusal_to_receive(), fix=invoice)
    spendable = invoice_page.show(invoice).spendable_cents
    if not spendable:
        raise Refused("O cliente não tem crédito nesta empresa.", fix=invoice)
    return _page(invoice, Using(data={"amount_cents": spendable}).edits(invoice))


@credit_uses.post(PATH)
@staff("billing.receive")
def create(id: int) -> ResponseReturnValue:
    invoice = load(id)
    form = Using().edits(invoice)
    if form.accepts(lambda: invoice.use_credit(form.amount_cents.data, form.seen)):
        toast = f"{brl(form.amount_cents.data)} de crédito usados na fatura {invoice.number}"
        return done(url_for("staff.invoices.show", id=id), toast)
    return _page(invoice, form), form.code


def _page(invoice: Invoice, form: Using) -> str:
    return page("staff/credit_uses/new.html", invoice, form=form, shown=invoice_page.show(invoice))
