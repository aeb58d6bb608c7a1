"""Faturas: what is open and how to pay it, what was paid, and the boleto as PDF (C-107, D-11)."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import undefer

from models import clock
from models.base import db
from models.billing import Invoice
from models.billing.paper import invoice_paper, print_invoice
from models.desk import subscriber_invoices as invoices_of
from models.desk.subscriber_invoices import OpenInvoice
from models.documents import Document
from models.documents.document import fingerprint
from models.outbox import Effect
from web.access import subscriber
from web.doors import me

invoices = Blueprint("invoices", __name__)
LATE = timedelta(minutes=1)


@invoices.get("/faturas")
@subscriber("weak")
def index() -> ResponseReturnValue:
    return render_template("portal/invoices/index.html", invoices=invoices_of.open_invoices(me().id))


@invoices.get("/faturas/pagas")
@subscriber("proved")
def paid() -> ResponseReturnValue:
    return render_template("portal/invoices/paid.html", invoices=invoices_of.paid_invoices(me().id))


@invoices.get("/faturas/<int:id>")
@subscriber("weak")
def show(id: int) -> ResponseReturnValue:
    """An open invoice with all the ways to pay it; of a paid one only that it is."""
    invoice = invoices_of.open_invoice(me().id, id)
    if invoice is None:
        return _settled(id)
    proved = me().level == "proved"
    return render_template(
        "portal/invoices/show.html",
        invoice=invoice,
        lines=invoices_of.lines(me().id, id) if proved else [],
        proved=proved,
    )


@invoices.get("/faturas/<int:id>/ja-paguei")
@subscriber("weak")
def paying(id: int) -> ResponseReturnValue:
    """Já paguei: how long each way takes to arrive, and what to do meanwhile."""
    return render_template("portal/invoices/paying.html", invoice=_open(id))


@invoices.post("/faturas/<int:id>/pdf")
@subscriber("proved")
def create(id: int) -> ResponseReturnValue:
    """2ª via: the PDF of an open invoice, printed by the worker when there is none of what is so now."""
    _with_boleto(id)
    print_invoice(db.session.get_one(Invoice, id))
    db.session.commit()
    return redirect(url_for("portal.invoices.pdf", id=id), 303)


@invoices.get("/faturas/<int:id>/pdf")
@subscriber("proved")
def pdf(id: int) -> ResponseReturnValue:
    """The last PDF; while it is printed a page that asks again by itself, and before that one that offers it."""
    invoice = _with_boleto(id)
    document = _current(id)
    if document is None or document.content is None:
        return _waiting(invoice, document)
    return Response(
        document.content,
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="fatura-{invoice.number}.pdf"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _waiting(invoice: OpenInvoice, document: Document | None) -> Response:
    """Asks again every 2 s, every 10 s once it is late, never when nobody will print it."""
    state = "new"
    if document:
        effect = select(Effect.state).where(Effect.key == f"render_document:{document.id}")
        late = clock.now() - document.issued_at > LATE
        state = "dead" if db.session.scalar(effect) == "dead" else "late" if late else "soon"
    body = render_template("portal/invoices/pdf.html", invoice=invoice, state=state)
    pause = {"soon": "2", "late": "10"}.get(state)
    return Response(body, headers={"Refresh": pause} if pause else {})


def _current(id: int) -> Document | None:
    """The PDF that says what is so now: the slip of a due date that was moved is worth nothing."""
    row = db.session.get_one(Invoice, id)
    mine = select(Document).where(Document.id == row.document_id).options(undefer(Document.content))
    document = db.session.scalars(mine).first()
    return document if document and document.values_hash == fingerprint(invoice_paper(row)) else None


def _with_boleto(id: int) -> OpenInvoice:
    invoice = _open(id)
    return invoice if invoice.line else abort(404)


def _open(id: int) -> OpenInvoice:
    return invoices_of.open_invoice(me().id, id) or abort(404)


def _settled(id: int) -> ResponseReturnValue:
    """That one's own invoice was paid is said to anybody who had its address; how much, at level proved."""
    mine = select(Invoice.id).where(Invoice.id == id, Invoice.person_id == me().id, Invoice.status == "paid")
    if db.session.scalar(mine) is None:
        abort(404)
    return render_template("portal/invoices/settled.html")
