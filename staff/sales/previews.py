"""The first invoice while the billing step is being typed: nothing is kept."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.base import reads_from_here
from models.refused import require
from models.sales.answers import BillingAnswers
from models.services import BILLING_TYPES
from staff.sales.forms import Billing
from staff.sales.loading import load, preview
from web.access import staff

previews = Blueprint("previews", __name__)


@previews.post("/vendas/<int:id>/previa")
@staff("sales.sell")
def create(id: int) -> ResponseReturnValue:
    reads_from_here()
    sale, form = load(id), Billing()
    require(sale.refusal_to_answer(), fix=sale)
    known = form.due_day.data in sale.offer.company.days and form.billing_type.data in BILLING_TYPES
    invoice = preview(sale, BillingAnswers(**form.typed)) if known else None
    return render_template("staff/sales/_invoice.html", sale=sale, invoice=invoice, due_day=form.due_day.data)
