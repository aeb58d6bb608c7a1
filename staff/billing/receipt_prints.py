"""Imprimir recibo, on A4 or on a roll of 80 mm, and waiting while the worker prints it (B-17)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.billing import Payment
from models.papers import print_receipt, show_receipt
from staff.loading import load_row
from staff.printing import awaited, handed, print_of
from web.access import staff

receipt_prints = Blueprint("receipt_prints", __name__)
PATH = "/pagamentos/<int:id>/recibo"


@receipt_prints.get(f"{PATH}/<int:document_id>")
@staff("billing.read", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """Waits for the bytes, and opens them."""
    return awaited(
        load_row(Payment, id),
        document_id,
        the=f"o recibo {id}",
        again=url_for(".show", id=id, document_id=document_id),
        ready=url_for(".create", id=id, document_id=document_id),
        back=url_for("staff.payments.show", id=id),
    )


@receipt_prints.post(PATH)
@receipt_prints.post(f"{PATH}/<int:document_id>")
@staff("billing.read")
def create(id: int, document_id: int | None = None) -> ResponseReturnValue:
    """The paper somebody chose, or a receipt that was made before."""
    payment = load_row(Payment, id)
    if document_id is None:
        document = print_receipt(payment, request.form.get("papel", "a4"))
    elif (document := print_of(payment, document_id)).ready:
        show_receipt(payment)
    return handed(document, f"recibo-{id}", url_for(".show", id=id, document_id=document.id))
