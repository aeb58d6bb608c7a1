"""Faturas: the list of everybody's, and one of them with its arithmetic (B-09)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from models.desk import invoice_page
from models.desk.invoices import OLDEST, ORDERS, SHOWN, Filter, find_invoices, totals
from staff.billing.loading import load, page
from web.access import staff
from web.contacts import chat
from web.forms import DayField, Form, text, whole
from web.lists import Asked, Listing, answer_list

invoices = Blueprint("invoices", __name__)


class Filtering(Form):
    situacao = SelectField("Situação", choices=list(SHOWN.items()), validate_choice=False)
    numero = text("Número ou nosso número", 20)
    de = DayField("Vencem de")
    ate = DayField("Vencem até")


INVOICES = Listing(
    "faturas",
    "Faturas",
    "staff.invoices.index",
    Filtering,
    {"": OLDEST, **ORDERS},
    search="numero",
    always=("situacao",),
    alone="O número procura em todas as situações e datas",
)


def wanted(asked: Asked) -> Filter:
    if asked.is_alone:
        return Filter(number=whole(asked["numero"]), asked_order=asked.order)
    return Filter(asked["situacao"] or "open", asked.form.de.data, asked.form.ate.data, asked_order=asked.order)


@invoices.get("/faturas")
@staff("billing.read")
def index() -> ResponseReturnValue:
    asked = INVOICES.asked()
    want = wanted(asked)
    found = find_invoices(want, asked.behind(want.order))
    return answer_list(
        "staff/invoices/index.html",
        "staff/invoices/_list.html",
        asked,
        found=found,
        wanted=want,
        totals=totals(want),
        shown=SHOWN,
        following=asked.after(found.last(want.order)),
    )


@invoices.get("/faturas/<int:id>")
@staff("billing.read")
def show(id: int) -> ResponseReturnValue:
    invoice = load(id)
    shown = invoice_page.show(invoice)
    to_send = chat(shown.facts.mobile or "", shown.text) if shown.open else ""
    return page("staff/invoices/show.html", invoice, shown=shown, chat=to_send)
