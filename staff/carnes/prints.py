"""Imprimir: the booklet of a carnê, and waiting while the worker prints it (C-45)."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.papers import print_carne
from models.refused import require
from staff.carnes.loading import load
from staff.printing import opened
from web.access import staff

carne_prints = Blueprint("carne_prints", __name__)


@carne_prints.post("/carnes/<int:id>/impressao")
@staff("billing.read")
def create(id: int) -> ResponseReturnValue:
    """Imprimir: the last booklet while nothing changed, else a new one is issued first."""
    carne = load(id)
    require(carne.refusal_to_print(), fix=carne)
    document = print_carne(carne)
    db.session.commit()
    return redirect(url_for("staff.carne_prints.show", id=id, document_id=document.id), 303)


@carne_prints.get("/carnes/<int:id>/impressao/<int:document_id>")
@staff("billing.read", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """The bytes when they are ready; until then a page that asks again by itself."""
    carne = load(id)
    return opened(
        carne,
        document_id,
        the=f"o carnê {id}",
        filename=f"carne-{id}",
        back=url_for("staff.carnes.show", id=id),
    )
