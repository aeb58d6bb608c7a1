"""Contestar uma cobrança: at level proved, from an invoice; it becomes a request with its protocol (B-11)."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.billing import Invoice
from models.central import invoices as questions
from models.desk import contest_page
from models.refused import Refused
from models.tickets import Ticket
from web.access import subscriber
from web.doors import me
from web.forms import Form, MoneyField, lines
from web.fragments import done

contests = Blueprint("contests", __name__)


class Contesting(Form):
    amount_cents = MoneyField("Quanto está errado, em reais?")
    reason = lines("O que está errado?", 1000)


@contests.get("/faturas/<int:id>/contestacao")
@subscriber("proved")
def new(id: int) -> ResponseReturnValue:
    """The form; of an invoice that is contested already, where its answer comes."""
    invoice = _load(id)
    if found := contest_page.of_invoice(invoice):
        return redirect(url_for("portal.tickets.show", id=found.ticket_id))
    return _page(invoice, Contesting().edits(invoice))


@contests.post("/faturas/<int:id>/contestacao")
@subscriber("proved")
def create(id: int) -> ResponseReturnValue:
    invoice, opened = _load(id), []
    form = Contesting().edits(invoice)
    said = (form.amount_cents.data, form.reason.data or "")
    if form.accepts(lambda: opened.append(Ticket.contest(invoice, *said, form.seen))):
        return done(
            url_for("portal.tickets.show", id=opened[0].id), f"Contestação recebida. Protocolo {opened[0].protocol}"
        )
    return _page(invoice, form), form.code


def _load(id: int) -> Invoice:
    """One that the subscriber sees in the Central; what was cancelled or given up is not there."""
    mine = select(Invoice).where(Invoice.id == id, Invoice.person_id == me().id)
    return db.session.scalars(mine.where(Invoice.status.in_(contest_page.SHOWN))).first() or abort(404)


def _page(invoice: Invoice, form: Contesting) -> str:
    lines = questions.lines(me().id, invoice.id)
    refusal = None if isinstance(form.refused, Refused) and form.refused.errors else invoice.refusal_to_contest()
    contest = contest_page.of_invoice(invoice) if refusal else None
    return render_template(
        "portal/contests/new.html", invoice=invoice, form=form, lines=lines, refusal=refusal, contest=contest
    )
