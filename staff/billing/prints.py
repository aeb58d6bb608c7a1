"""Imprimir 2ª via: the PDF of an invoice, and waiting while the worker prints it."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.papers import print_invoice
from models.refused import require
from staff.billing.loading import load
from staff.printing import opened
from web.access import staff

invoice_prints = Blueprint("invoice_prints", __name__)


@invoice_prints.post("/faturas/<int:id>/impressao")
@staff("billing.read")
def create(id: int) -> ResponseReturnValue:
    """The last PDF while nothing changed, else a new one is issued first."""
    invoice = load(id)
    require(invoice.refusal_to_close(), fix=invoice)
    document = print_invoice(invoice)
    db.session.commit()
    return redirect(url_for("staff.invoice_prints.show", id=id, document_id=document.id), 303)


@invoice_prints.get("/faturas/<int:id>/impressao/<int:document_id>")
@staff("billing.read", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """The bytes when they are ready; until then a page that asks again by itself."""
    invoice = load(id)
    return opened(
        invoice,
        document_id,
        the=f"a fatura {invoice.number}",
        filename=f"fatura-{invoice.number}",
        back=url_for("staff.invoices.show", id=id),
    )
