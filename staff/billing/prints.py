"""Imprimir 2ª via: the PDF of an invoice, and waiting while the worker prints it."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.papers import print_invoice, show_invoice
from models.refused import require
from staff.billing.loading import load
from staff.printing import awaited, handed, print_of
from web.access import staff

invoice_prints = Blueprint("invoice_prints", __name__)
PATH = "/faturas/<int:id>/impressao"


@invoice_prints.get(f"{PATH}/<int:document_id>")
@staff("billing.read", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """Waits for the bytes, and opens them."""
    invoice = load(id)
    return awaited(
        invoice,
        document_id,
        the=f"a fatura {invoice.number}",
        again=url_for(".show", id=id, document_id=document_id),
        ready=url_for(".create", id=id, document_id=document_id),
        back=url_for("staff.invoices.show", id=id),
    )


@invoice_prints.post(PATH)
@invoice_prints.post(f"{PATH}/<int:document_id>")
@staff("billing.read")
def create(id: int, document_id: int | None = None) -> ResponseReturnValue:
    """The last PDF while nothing changed, else a new one is issued first; or one that was issued before."""
    invoice = load(id)
    if document_id is None:
        require(invoice.refusal_to_close(), fix=invoice)
        document = print_invoice(invoice)
    elif (document := print_of(invoice, document_id)).ready:
        show_invoice(invoice)
    return handed(document, f"fatura-{invoice.number}", url_for(".show", id=id, document_id=document.id))
