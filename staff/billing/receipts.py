"""Receber no balcão: the payment of an invoice, with its means, change, fine, interest and discount (B-17)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing import Invoice, Payment
from models.desk.invoices import late_besides
from models.operators import company_of, today_of
from models.refused import require
from models.wording import brl
from staff.billing.handing import Handing, standing
from staff.billing.loading import load, page
from web.access import staff
from web.doors import me
from web.forms import MoneyField
from web.fragments import done

receipts = Blueprint("receipts", __name__)


class Receiving(Handing):
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
    may_discount, paid = me().may("billing.discount"), list[Payment]()

    def receive() -> None:
        paid.append(invoice.receive(*typed, may_discount=may_discount, seen=form.seen, handed=form.handed))

    if form.accepts(receive):
        return done(after(paid[0]), received_words(paid[0], _left_words(invoice)))
    return _page(invoice, form), form.code


def after(payment: Payment) -> str:
    """Where a receipt leads: to its page, for whoever reads the money; else the toast is all that is said."""
    return url_for("staff.payments.show", id=payment.id) if me().may("billing.read") else url_for("staff.home.index")


def received_words(payment: Payment, what: str) -> str:
    """For the toast, which is all that is said inside a ticket: the change is what the hands do next."""
    change = f"Troco: {brl(payment.change_cents)}. " if payment.change_cents else ""
    return f"{change}{what}"


def _left_words(invoice: Invoice) -> str:
    if invoice.status == "paid":
        return f"Fatura {invoice.number} recebida"
    return f"Recebido em parte: hoje faltam {brl(invoice.due_today().total_cents)} da fatura {invoice.number}"


def _page(invoice: Invoice, form: Receiving) -> str:
    return page(
        "staff/receipts/new.html",
        invoice,
        form=form,
        due=invoice.due_today(),
        older=late_besides(invoice.person_id, invoice.id, before=invoice.due_on),
        **standing(company_of(invoice)),
    )
