"""Contestar: at the staff door, in the name of the customer, with a ticket and its protocol (B-11)."""

from __future__ import annotations

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from models.billing import Invoice
from models.refused import require
from models.tickets import Ticket
from staff.billing.loading import load, page
from web.access import staff
from web.doors import me
from web.forms import Form, MoneyField, lines
from web.fragments import done

contests = Blueprint("contests", __name__)


class Contesting(Form):
    amount_cents = MoneyField("Valor contestado")
    reason = lines("O que o cliente diz", 1000)


@contests.get("/faturas/<int:id>/contestacao")
@staff("tickets.attend")
def new(id: int) -> ResponseReturnValue:
    invoice = _load(id)
    require(invoice.refusal_to_contest(), fix=invoice)
    return page("staff/contests/new.html", invoice, form=Contesting().edits(invoice))


@contests.post("/faturas/<int:id>/contestacao")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    invoice, opened = _load(id), list[Ticket]()
    form = Contesting().edits(invoice)
    said = (form.amount_cents.data, form.reason.data or "")
    if form.accepts(lambda: opened.append(Ticket.contest(invoice, *said, form.seen))):
        [ticket] = opened
        return done(url_for("staff.tickets.show", id=ticket.id), f"Contestação aberta: protocolo {ticket.protocol}")
    return page("staff/contests/new.html", invoice, form=form), form.code


def _load(id: int) -> Invoice:
    return load(id) if me().may("billing.read") else abort(403)
