"""Faturas: the list of everybody's, and one of them with its arithmetic."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from models.desk import invoice_page
from models.desk.invoices import SHOWN, Filter, find_invoices, totals
from staff.billing.loading import load, page
from web.access import staff
from web.forms import DayField, Form, text, whole
from web.paging import key_of, written

invoices = Blueprint("invoices", __name__)


class Filtering(Form):
    situacao = SelectField("Situação", choices=list(SHOWN.items()), validate_choice=False)
    de = DayField("Vencem de")
    ate = DayField("até")
    numero = text("Número ou nosso número", 20)

    def filter(self) -> Filter:
        self.validate()
        shown = self.situacao.data if self.situacao.data in SHOWN else "open"
        return Filter(shown, self.de.data, self.ate.data, whole(self.numero.data) or None)


@invoices.get("/faturas")
@staff("billing.read")
def index() -> ResponseReturnValue:
    form = Filtering(request.args)
    wanted = form.filter()
    found = find_invoices(wanted, key_of(request.args.get("depois"), wanted.order))
    asked: dict[str, Any] = {key: request.args[key] for key in form.data if request.args.get(key)}
    return render_template(
        "staff/invoices/index.html",
        form=form,
        found=found,
        wanted=wanted,
        totals=totals(wanted),
        shown=SHOWN,
        asked=asked,
        following=url_for("staff.invoices.index", **asked, depois=written(found.last)) if found.more else None,
    )


@invoices.get("/faturas/<int:id>")
@staff("billing.read")
def show(id: int) -> ResponseReturnValue:
    invoice = load(id)
    return page("staff/invoices/show.html", invoice, shown=invoice_page.show(invoice))
