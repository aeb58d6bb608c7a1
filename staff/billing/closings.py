"""Cancelar and baixar sem receber: an invoice nobody owes any more, with the reason."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from models.refused import require
from staff.billing.loading import load, page
from staff.services.enablings import LONG
from web.access import staff
from web.forms import Form
from web.fragments import done

closings = Blueprint("closings", __name__)
PATH = '/faturas/<int:id>/<any("cancelamento","baixa"):slug>'
VERBS = {"cancelamento": "cancel", "baixa": "write_off"}
SAID = {"cancelamento": "cancelada", "baixa": "baixada sem receber"}


class Closing(Form):
    reason = TextAreaField("Motivo", validators=[LONG])


@closings.get(PATH)
@staff("billing.cancel")
def new(id: int, slug: str) -> ResponseReturnValue:
    invoice = load(id)
    require(invoice.refusal_to_close() if slug == "cancelamento" else invoice.refusal_to_write_off(), fix=invoice)
    return page("staff/closings/new.html", invoice, form=Closing().edits(invoice), slug=slug)


@closings.post(PATH)
@staff("billing.cancel")
def create(id: int, slug: str) -> ResponseReturnValue:
    invoice = load(id)
    form = Closing().edits(invoice)
    close = getattr(invoice, VERBS[slug])
    if form.accepts(lambda: close(form.reason.data or "", form.seen)):
        return done(url_for("staff.invoices.show", id=id), f"Fatura {invoice.number} {SAID[slug]}")
    return page("staff/closings/new.html", invoice, form=form, slug=slug), form.code
