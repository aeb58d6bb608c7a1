"""Faturas: the list of everybody's, and one of them with its arithmetic (B-09)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from models.desk import invoice_page
from models.desk.invoices import ORDERS, SHOWN, Filter, days_by_company, find_invoices, totals
from staff.billing.loading import load, page
from web.access import staff
from web.contacts import chat
from web.doors import me
from web.forms import DayField, Form, text, whole
from web.lists import Asked, BulkAct, Listing, answer_list

invoices = Blueprint("invoices", __name__)


class Filtering(Form):
    situacao = SelectField("Situação", choices=list(SHOWN.items()), validate_choice=False)
    numero = text("Número ou nosso número", 20)
    de = DayField("Vencem de")
    ate = DayField("Vencem até")
    carne = SelectField("Carnês", choices=[("", "Sem as parcelas futuras"), ("tudo", "Todas as parcelas")])


INVOICES = Listing(
    "faturas",
    "Faturas",
    "staff.invoices.index",
    Filtering,
    ("", *ORDERS),
    search="numero",
    always=("situacao",),
    alone="O número procura em todas as situações e datas",
)


def wanted(asked: Asked) -> Filter:
    if asked.is_alone:
        return Filter(number=whole(asked["numero"]), asked_order=asked.order)
    return Filter(
        asked["situacao"] or "now",
        asked.form.de.data,
        asked.form.ate.data,
        asked_order=asked.order,
        every_slip=bool(asked["carne"]),
    )


def _acts() -> dict[str, BulkAct]:
    """What whoever looks may do with the ticked ones."""
    prints = BulkAct("Imprimir", "printer", endpoint="staff.chosen_prints.create")
    found = {"imprimir": prints, "exportar": BulkAct("Exportar", "download", endpoint="staff.invoice_sheets.create")}
    if me().may("billing.charge"):
        mail = BulkAct("Mandar por e-mail", "send", endpoint="staff.chosen_invoices.create")
        found = {"email": mail, **found}
    return found


@invoices.get("/faturas")
@staff("billing.read")
def index() -> ResponseReturnValue:
    asked = INVOICES.asked()
    want, days = wanted(asked), days_by_company()
    found = find_invoices(want, days, asked.behind(want.order))
    return answer_list(
        "staff/invoices/index.html",
        "staff/invoices/_list.html",
        asked,
        found=found,
        wanted=want,
        totals=totals(want, days),
        shown=SHOWN,
        acts=_acts(),
        following=asked.after(found.last(want.order)),
    )


@invoices.get("/faturas/<int:id>")
@staff("billing.read")
def show(id: int) -> ResponseReturnValue:
    invoice = load(id)
    shown = invoice_page.show(invoice)
    to_send = chat(shown.facts.mobile or "", shown.text) if shown.open else ""
    return page("staff/invoices/show.html", invoice, shown=shown, chat=to_send)
