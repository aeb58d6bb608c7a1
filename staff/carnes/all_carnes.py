"""Carnês of every customer: the list and its file (B-09)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from models.billing import CARNE_STATUSES
from models.desk import carne_list as questions
from web.access import staff
from web.csv import download
from web.forms import Form, text
from web.lists import Asked, Listing, answer_list

all_carnes = Blueprint("all_carnes", __name__)
SHOWN = {**CARNE_STATUSES, "all": "Todos"}


class Filtering(Form):
    situacao = SelectField("Situação", choices=list(SHOWN.items()), validate_choice=False)
    q = text("Cliente ou número do carnê", 60)


CARNES = Listing(
    "carnes",
    "Carnês",
    "staff.all_carnes.index",
    Filtering,
    questions.ORDERS,
    search="q",
    always=("situacao",),
)


def _wanted(asked: Asked) -> questions.Wanted:
    return questions.Wanted(asked["q"], asked["situacao"] or "open", asked.order)


@all_carnes.get("/carnes")
@staff("billing.read")
def index() -> ResponseReturnValue:
    asked = CARNES.asked()
    want = _wanted(asked)
    rows, more = questions.find(want, asked.behind(questions.BY_NUMBER))
    return answer_list(
        "staff/all_carnes/index.html",
        "staff/all_carnes/_list.html",
        asked,
        rows=rows,
        count=questions.how_many(want),
        shown=SHOWN,
        wanted=want,
        following=asked.after(more),
    )


@all_carnes.post("/carnes/planilha")
@staff("billing.read")
def create() -> ResponseReturnValue:
    asked = CARNES.asked(request.form)
    return download("Carnês", "carnes", questions.HEADS, lambda: questions.lines(_wanted(asked)))
