"""The pro-rata of a carnê while its days are being typed: nothing is kept (C-40)."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.base import reads_from_here
from staff.carnes.carnes import NewCarne, preview
from staff.customers.loading import load
from web.access import staff

carne_previews = Blueprint("carne_previews", __name__)


@carne_previews.post("/clientes/<int:id>/carnes/previa")
@staff("billing.charge")
def create(id: int) -> ResponseReturnValue:
    reads_from_here()
    load(id)
    return render_template("staff/carnes/_preview.html", **preview(id, NewCarne()))
