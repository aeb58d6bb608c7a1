"""Faturas: what is open and how to pay it (C-107, D-11)."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.billing import Invoice, credit_of
from models.central import invoices as questions
from models.central.invoices import OpenInvoice
from models.desk import contest_page
from web.access import subscriber
from web.doors import me

invoices = Blueprint("invoices", __name__)


@invoices.get("/faturas")
@subscriber("weak")
def index() -> ResponseReturnValue:
    """What is open; at level proved also what the subscriber has to their credit."""
    credit = credit_of(me().id) if me().level == "proved" else 0
    open_ = questions.laid_out(questions.open_invoices(me().id))
    resting = questions.contested_invoices(me().id)
    return render_template("portal/invoices/index.html", open=open_, credit=credit, resting=resting)


@invoices.get("/faturas/<int:id>")
@subscriber("weak")
def show(id: int) -> ResponseReturnValue:
    """An open invoice with all the ways to pay it; of a contested one why not, of a paid one only that it is."""
    invoice, proved = questions.open_invoice(me().id, id), me().level == "proved"
    if invoice is None:
        return _closed(id, proved)
    lines = questions.lines(me().id, id) if proved else []
    contest = contest_page.of_invoice(invoice.row) if proved else None
    return render_template("portal/invoices/show.html", invoice=invoice, lines=lines, proved=proved, contest=contest)


def open_or_404(id: int) -> OpenInvoice:
    """An open invoice of whoever is signed in."""
    return questions.open_invoice(me().id, id) or abort(404)


def _closed(id: int, proved: bool) -> ResponseReturnValue:
    """That one's own invoice was paid, or rests, is said at level weak too; how much and when is not."""
    mine = select(Invoice).where(Invoice.id == id, Invoice.person_id == me().id)
    row = db.session.scalars(mine.where(Invoice.status.in_(("paid", "contested")))).first() or abort(404)
    contest = contest_page.of_invoice(row) if proved else None
    template = "portal/invoices/settled.html" if row.paid_on else "portal/invoices/contested.html"
    return render_template(template, invoice=row, contest=contest)
