"""Cobranças of every customer: the list and its file (B-09)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from models.desk import charge_list as questions
from models.desk.invoices import days_by_company
from web.access import staff
from web.csv import download
from web.forms import Form, text
from web.lists import Asked, Listing, answer_list

all_charges = Blueprint("all_charges", __name__)


class Filtering(Form):
    situacao = SelectField("Situação", choices=list(questions.SHOWN.items()), validate_choice=False)
    q = text("Cliente", 60)
    onde = SelectField("Onde", choices=[("", "Avulsas e em fatura"), *questions.PLACES.items()], validate_choice=False)


CHARGES = Listing(
    "cobrancas",
    "Cobranças",
    "staff.all_charges.index",
    Filtering,
    questions.ORDERS,
    search="q",
    always=("situacao",),
)


def _wanted(asked: Asked) -> questions.Wanted:
    shown = asked["situacao"] or "open"
    return questions.Wanted(days_by_company(), asked["q"], shown, asked["onde"], asked.order)


@all_charges.get("/cobrancas")
@staff("billing.read")
def index() -> ResponseReturnValue:
    asked = CHARGES.asked()
    want = _wanted(asked)
    rows, more = questions.find(want, asked.behind(questions.ORDERS[want.sort]))
    count, total_cents = questions.totals(want)
    return answer_list(
        "staff/all_charges/index.html",
        "staff/all_charges/_list.html",
        asked,
        rows=rows,
        count=count,
        total_cents=total_cents,
        shown=questions.SHOWN,
        wanted=want,
        following=asked.after(more),
    )


@all_charges.post("/cobrancas/planilha")
@staff("billing.read")
def create() -> ResponseReturnValue:
    asked = CHARGES.asked(request.form)
    return download("Cobranças", "cobrancas", questions.HEADS, lambda: questions.lines(_wanted(asked)))
