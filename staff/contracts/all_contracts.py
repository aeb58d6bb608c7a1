"""Contratos of every customer: the list and its file (B-09)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from models import clock
from models.base import db
from models.catalog import Plan
from models.desk import contract_list as questions
from web.access import staff
from web.csv import download
from web.forms import Form, text, whole
from web.lists import Asked, Listing, RowChoice, answer_list

all_contracts = Blueprint("all_contracts", __name__)
ANY = "todos"


class Filtering(Form):
    q = text("Cliente ou número do contrato", 60)
    situacao = SelectField("Situação", choices=[("", "Em vigor"), *list(questions.STATES.items())[1:], (ANY, "Todos")])
    fidelidade = SelectField("Fidelidade", choices=[("", "Qualquer"), *questions.ENDING.items()], validate_choice=False)
    plano = RowChoice("Plano")


def _filters(values: MultiDict[str, str]) -> Form:
    form = Filtering(values)
    form.plano.offer((id, name) for id, name in db.session.query(Plan.id, Plan.name).order_by(Plan.name))
    return form


CONTRACTS = Listing("contratos", "Contratos", "staff.all_contracts.index", _filters, questions.ORDERS, search="q")


def _wanted(asked: Asked) -> questions.Wanted:
    state = asked["situacao"] or "vigor"
    return questions.Wanted(
        clock.today(),
        text=asked["q"],
        state="" if state == ANY else state,
        plan=whole(asked["plano"]),
        ending=asked["fidelidade"],
        sort=asked.order,
    )


@all_contracts.get("/contratos")
@staff("contracts.read")
def index() -> ResponseReturnValue:
    asked = CONTRACTS.asked()
    want = _wanted(asked)
    rows, more = questions.find(want, asked.behind(questions.ORDERS[want.sort]))
    return answer_list(
        "staff/all_contracts/index.html",
        "staff/all_contracts/_list.html",
        asked,
        rows=rows,
        count=questions.how_many(want),
        following=asked.after(more),
    )


@all_contracts.post("/contratos/planilha")
@staff("contracts.read")
def create() -> ResponseReturnValue:
    asked = CONTRACTS.asked(request.form)
    return download("Contratos", "contratos", questions.HEADS, lambda: questions.lines(_wanted(asked)))
