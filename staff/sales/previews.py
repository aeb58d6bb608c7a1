"""What the customer pays first while a step is being typed: nothing is kept."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.base import reads_from_here
from models.refused import require
from staff.sales.forms import FORMS
from staff.sales.loading import load
from web.access import staff

previews = Blueprint("previews", __name__)
SUMMED = ("plano", "cobranca", "instalacao")  # the steps whose answers the sum depends on


@previews.post("/vendas/<int:id>/previa")
@staff("sales.sell")
def create(id: int) -> ResponseReturnValue:
    reads_from_here()
    sale, slug = load(id), request.form.get("passo", "")
    require(sale.refusal_to_answer(), fix=sale)
    typed = FORMS[slug]().answers if slug in SUMMED else None
    return render_template("staff/sales/_invoice.html", expected=sale.expected(typed))
