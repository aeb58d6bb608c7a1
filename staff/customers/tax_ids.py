"""Mostrar: the whole CPF or CNPJ, shown by a post and written into history."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.base import db, reads_from_here
from staff.customers.dashboards import dashboard
from staff.customers.loading import load
from web.access import staff
from web.fragments import wants_fragment

tax_ids = Blueprint("tax_ids", __name__)


@tax_ids.post("/clientes/<int:id>/documento")
@staff("people.read_cpf")
def create(id: int) -> ResponseReturnValue:
    person = load(id)
    shown, kind = person.reveal_document(), person.kind
    db.session.commit()
    reads_from_here()
    if wants_fragment():
        return render_template("staff/customers/_tax_id.html", id=id, kind=kind, document=shown, shown=True)
    return dashboard(id, shown=shown)
