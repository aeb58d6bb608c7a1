"""Imprimir: the booklet of a carnê, and waiting while the worker prints it (C-45)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.papers import print_carne, show_carne
from models.refused import require
from staff.carnes.loading import load
from staff.printing import awaited, handed, print_of
from web.access import staff

carne_prints = Blueprint("carne_prints", __name__)
PATH = "/carnes/<int:id>/impressao"


@carne_prints.get(f"{PATH}/<int:document_id>")
@staff("billing.read", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """Waits for the bytes, and opens them."""
    return awaited(
        load(id),
        document_id,
        the=f"o carnê {id}",
        again=url_for(".show", id=id, document_id=document_id),
        ready=url_for(".create", id=id, document_id=document_id),
        back=url_for("staff.carnes.show", id=id),
    )


@carne_prints.post(PATH)
@carne_prints.post(f"{PATH}/<int:document_id>")
@staff("billing.read")
def create(id: int, document_id: int | None = None) -> ResponseReturnValue:
    """Imprimir: the last booklet while nothing changed, else a new one is issued first; or one issued before."""
    carne = load(id)
    if document_id is None:
        require(carne.refusal_to_print(), fix=carne)
        document = print_carne(carne)
    elif (document := print_of(carne, document_id)).ready:
        show_carne(carne)
    return handed(document, f"carne-{id}", url_for(".show", id=id, document_id=document.id))
