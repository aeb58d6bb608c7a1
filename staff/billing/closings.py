"""Cancelar and baixar sem receber: an invoice nobody owes any more; reabrir; tirar o crédito. Each with the reason."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing import Invoice
from models.desk.closing_page import asked
from models.refused import require
from staff.billing.loading import load, page
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

closings = Blueprint("closings", __name__)
PATH = '/faturas/<int:id>/<any("cancelamento","baixa","reabertura","retirada-do-credito"):slug>'
VERBS = {
    "cancelamento": Invoice.cancel,
    "baixa": Invoice.write_off,
    "reabertura": Invoice.reopen,
    "retirada-do-credito": Invoice.drop_credit,
}
REFUSALS = {
    "cancelamento": Invoice.refusal_to_cancel,
    "baixa": Invoice.refusal_to_write_off,
    "reabertura": Invoice.refusal_to_reopen,
    "retirada-do-credito": Invoice.refusal_to_drop_credit,
}
SAID = {
    "cancelamento": "cancelada",
    "baixa": "baixada sem receber",
    "reabertura": "reaberta",
    "retirada-do-credito": "sem o crédito",
}


class Closing(Form):
    reason = lines("Motivo")


@closings.get(PATH)
@staff("billing.cancel")
def new(id: int, slug: str) -> ResponseReturnValue:
    invoice = load(id)
    require(REFUSALS[slug](invoice), fix=invoice)
    return page("staff/closings/new.html", invoice, form=Closing().edits(invoice), asked=asked(invoice, slug))


@closings.post(PATH)
@staff("billing.cancel")
def create(id: int, slug: str) -> ResponseReturnValue:
    invoice = load(id)
    form, question = Closing().edits(invoice), asked(invoice, slug)
    if form.accepts(lambda: VERBS[slug](invoice, form.reason.data or "", form.seen)):
        return done(url_for("staff.invoices.show", id=id), f"Fatura {invoice.number} {SAID[slug]}")
    return page("staff/closings/new.html", invoice, form=form, asked=question), form.code
