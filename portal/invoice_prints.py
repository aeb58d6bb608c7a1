"""2ª via: the boleto of an open invoice as PDF, and waiting while the worker prepares it (C-107, D-11)."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.billing import Invoice
from models.central.invoices import OpenInvoice
from models.documents import Document
from models.documents.document import fingerprint
from models.papers import invoice_paper, print_invoice
from portal.invoices import open_or_404
from web.access import subscriber
from web.printing import pdf, progress, waiting

invoice_prints = Blueprint("invoice_prints", __name__)


@invoice_prints.post("/faturas/<int:id>/pdf")
@subscriber("proved")
def create(id: int) -> ResponseReturnValue:
    """The bytes of the PDF there is; without one it is issued, and the page waits for it."""
    invoice = _printable(id)
    document = print_invoice(db.session.get_one(Invoice, id))
    db.session.commit()
    if document.content is None:
        return redirect(url_for("portal.invoice_prints.show", id=id), 303)
    return pdf(document.content, f"fatura-{invoice.number}")


@invoice_prints.get("/faturas/<int:id>/pdf")
@subscriber("proved")
def show(id: int) -> ResponseReturnValue:
    """Offers to print it; while it is printed asks again by itself, and then opens it."""
    return _waiting(_printable(id), _current(id))


def _waiting(invoice: OpenInvoice, document: Document | None) -> Response:
    state = progress(document) if document else "new"
    return waiting(render_template("portal/invoices/pdf.html", invoice=invoice, state=state), state)


def _current(id: int) -> Document | None:
    """The PDF that says what is so now: the slip of a due date that was moved is worth nothing."""
    row = db.session.get_one(Invoice, id)
    document = db.session.scalars(select(Document).where(Document.id == row.document_id)).first()
    return document if document and document.values_hash == fingerprint(invoice_paper(row)) else None


def _printable(id: int) -> OpenInvoice:
    """Paid in part it has no PDF: its slip would ask for the whole amount."""
    invoice = open_or_404(id)
    return abort(404) if invoice.partly_paid else invoice
