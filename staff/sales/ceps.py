"""The address of a CEP, looked up while the operator types; typing by hand is always possible (C-07, C-08)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from integrations import cep
from models.base import db
from models.people import cleaned
from staff.sales.forms import Address
from web.access import staff

ceps = Blueprint("ceps", __name__)

UNKNOWN = "Não achamos este CEP. Confira o número ou escreva o endereço."
DOWN = "A busca de CEP não respondeu. Escreva o endereço, ele vale do mesmo jeito."
GENERAL = "CEP geral da cidade: escreva a rua e o bairro."


@ceps.post("/ceps")
@staff()
def create() -> ResponseReturnValue:
    """The address fields again, filled in; the rest of what was typed stays."""
    form = Address()
    prefix = prefix_of(request.form.get("procurar"))
    return render_template("staff/sales/_address.html", form=form, prefix=prefix, found=fill_in(form, prefix))


def prefix_of(which: str | None) -> str:
    """Of the two addresses in the form, the one whose CEP is asked."""
    return "billing_" if which == "billing" else ""


def fill_in(form: Any, prefix: str) -> dict[str, str]:
    """Put street, district, city and state of the typed CEP into the form.

    What was corrected by hand stays while the CEP is the same. Gives what to tell and the field to go on with.
    """
    typed = form[f"{prefix}cep"].data or ""
    db.session.rollback()  # no network call inside a transaction
    try:
        found = cep.lookup(current_app.extensions["cep"], typed)
    except cep.CepUnavailable:
        return {"said": DOWN, "focus": f"{prefix}street"}
    fresh = cleaned(typed) != cleaned(form[f"{prefix}looked_up"].data or "")
    form[f"{prefix}looked_up"].data = typed
    if found is None:
        return {"said": UNKNOWN, "focus": f"{prefix}street"}
    for name in ("street", "district", "city", "state"):
        field, value = form[prefix + name], getattr(found, name)
        if value and (fresh or not field.data):
            field.data = value
    return {
        "said": GENERAL if found.general else "",
        "focus": f"{prefix}number" if form[f"{prefix}street"].data else f"{prefix}street",
    }
