"""Imprimir o relatório of a cash desk, and waiting while the worker prints it (B-17)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.papers import print_cash_desk, show_cash_desk
from staff.cash.loading import PATH, load
from staff.printing import awaited, handed, print_of
from web.access import staff

cash_prints = Blueprint("cash_prints", __name__)
PRINT = f"{PATH}/<int:id>/impressao"


@cash_prints.get(f"{PRINT}/<int:document_id>")
@staff("billing.cash_desk", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """Waits for the bytes, and opens them."""
    return awaited(
        load(id),
        document_id,
        the=f"o relatório do caixa {id}",
        again=url_for(".show", id=id, document_id=document_id),
        ready=url_for(".create", id=id, document_id=document_id),
        back=url_for("staff.cash_desks.show", id=id),
    )


@cash_prints.post(PRINT)
@cash_prints.post(f"{PRINT}/<int:document_id>")
@staff("billing.cash_desk")
def create(id: int, document_id: int | None = None) -> ResponseReturnValue:
    """The desk as it stands, or a report that was made before."""
    desk = load(id)
    if document_id is None:
        document = print_cash_desk(desk)
    elif (document := print_of(desk, document_id)).ready:
        show_cash_desk(desk)
    return handed(document, f"caixa-{id}", url_for(".show", id=id, document_id=document.id))
