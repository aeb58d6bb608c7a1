"""The address of a CEP, looked up while the operator types; typing by hand is always possible (C-07, C-08)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from integrations import cep
from models.base import db
from models.people import cleaned
from models.wording import tidy
from staff.sales.forms import Address
from web.access import staff

ceps = Blueprint("ceps", __name__)

UNKNOWN = "Não achamos este CEP. Confira o número ou escreva o endereço."
DOWN = "A busca de CEP não respondeu. Escreva o endereço, ele vale do mesmo jeito."
PARTS = ("street", "district", "city", "state")
GENERAL = "CEP geral da cidade: escreva a rua e o bairro."


@ceps.post("/ceps")
@staff()
def create() -> ResponseReturnValue:
    """What the CEP says, for a page that puts it in by itself: nothing typed meanwhile is touched (static/js)."""
    form = Address()
    prefix = prefix_of(request.form.get("procurar"))
    return render_template("staff/sales/_found.html", prefix=prefix, found=fill_in(form, prefix))


def prefix_of(which: str | None) -> str:
    """Of the two addresses in the form, the one whose CEP is asked."""
    return "billing_" if which == "billing" else ""


def fill_in(form: Any, prefix: str) -> dict[str, Any]:
    """Put street, district, city and state of the typed CEP into the fields that are empty.

    What the CEP before filled in and nobody touched since is not somebody's typing: it gives way, too. Gives `said`,
    what to tell; `fill`, name -> [as it was, as it is] of the fields filled; `focus`, where a page drawn again begins.
    """
    typed, before = form[f"{prefix}cep"].data or "", form[f"{prefix}looked_up"].data or ""
    db.session.rollback()  # no network call inside a transaction
    try:
        found = _lookup(typed)
        earlier = _lookup(before) if found and cleaned(before) != cleaned(typed) else None
    except cep.CepUnavailable:
        return {"said": DOWN, "focus": f"{prefix}street", "fill": {}}
    if found is None:
        return {"said": UNKNOWN, "focus": f"{prefix}street", "fill": {}}
    fill, other = {f"{prefix}looked_up": [before, typed]}, []
    for name in PARTS:
        value, stands = getattr(found, name), tidy(form[prefix + name].data)
        if value and (not stands or (earlier and stands == getattr(earlier, name))):
            fill[prefix + name] = [form[prefix + name].data or "", value]
        elif value and stands != value:
            other.append(value)
    for key, (_, value) in fill.items():
        form[key].data = value
    said = [GENERAL] if found.general else []
    said += [f"O CEP diz {', '.join(other)}. O que já estava escrito ficou: confira."] if other else []
    goes_on = next((name for name in ("street", "district", "number") if not form[prefix + name].data), "number")
    return {"said": " ".join(said), "focus": prefix + goes_on, "fill": fill}


def _lookup(typed: str) -> cep.Address | None:
    return cep.lookup(current_app.extensions["cep"], typed)
