"""Mudar vencimento of an open invoice: a new day, with a new boleto and Pix."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing import Invoice
from models.operators import today_of
from models.refused import require
from models.wording import day
from staff.billing.loading import load, page
from web.access import staff
from web.doors import me
from web.forms import DayField, Form
from web.fragments import done

due_dates = Blueprint("due_dates", __name__)


class Moving(Form):
    due_on = DayField("Novo vencimento")


@due_dates.get("/faturas/<int:id>/vencimento")
@staff("billing.charge")
def edit(id: int) -> ResponseReturnValue:
    invoice = load(id)
    require(invoice.refusal_to_close() or invoice.refusal_to_forgive(me().may("billing.discount")), fix=invoice)
    return _page(invoice, Moving().edits(invoice))


@due_dates.post("/faturas/<int:id>/vencimento")
@staff("billing.charge")
def update(id: int) -> ResponseReturnValue:
    invoice = load(id)
    form = Moving().edits(invoice)
    may_discount = me().may("billing.discount")
    if form.accepts(lambda: invoice.move_due(form.due_on.data, form.seen, may_discount=may_discount)):
        return done(url_for("staff.invoices.show", id=id), f"A fatura {invoice.number} vence em {day(invoice.due_on)}")
    return _page(invoice, form), form.code


def _page(invoice: Invoice, form: Moving) -> str:
    given_up = invoice.due_today().late_cents
    return page("staff/due_dates/edit.html", invoice, form=form, today=today_of(invoice), given_up=given_up)
