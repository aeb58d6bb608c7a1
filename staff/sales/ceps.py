"""The address of a CEP, looked up while the operator types; typing by hand is always possible (C-07, C-08)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from integrations import cep
from models.base import db
from staff.sales.forms import Address
from web.access import staff

ceps = Blueprint("ceps", __name__)

UNKNOWN = "Não achamos este CEP. Confira o número ou escreva o endereço."
DOWN = "A busca de CEP não respondeu. Escreva o endereço, ele vale do mesmo jeito."
GENERAL = "CEP geral da cidade: escreva a rua e o bairro."


@ceps.post("/ceps")
@staff("sales.sell")
def create() -> ResponseReturnValue:
    """The address fields again, filled in; the rest of what was typed stays."""
    form = Address()
    prefix = "billing_" if request.form.get("procurar") == "billing" else ""
    said = fill_in(form, "billing" if prefix else "main")
    return render_template("staff/sales/_address.html", form=form, prefix=prefix, said=said)


def fill_in(form: Any, which: str) -> str:
    """Put street, district, city and state of the typed CEP into the form; returns what to tell, if anything."""
    prefix = "billing_" if which == "billing" else ""
    db.session.rollback()  # no network call inside a transaction
    try:
        found = cep.lookup(current_app.extensions["cep"], form[f"{prefix}cep"].data or "")
    except cep.CepUnavailable:
        return DOWN
    if found is None:
        return UNKNOWN
    for name in ("street", "district", "city", "state"):
        value = getattr(found, name)
        if value or not form[prefix + name].data:
            form[prefix + name].data = value
    return GENERAL if found.general else ""
