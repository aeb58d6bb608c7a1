"""Painel de O.S.: the work orders of everybody, and its file (C-70, A-121)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from models.desk import order_list as questions
from models.work_orders import PENDING, where_now
from web.access import staff
from web.csv import download
from web.forms import Form, text, whole
from web.lists import Asked, Listing, NameChoice, RowChoice, answer_list

panel = Blueprint("all_orders", __name__)
STATES = [("" if key == questions.WAITING else key, words) for key, words in questions.STATES.items()]


class Filtering(Form):
    q = text("Cliente ou número da OS", 60)
    situacao = SelectField("Situação", choices=STATES)
    tecnico = NameChoice("Técnico")
    periodo = SelectField("Período", choices=[("", "Qualquer"), *questions.WHEN.items()], validate_choice=False)
    tipo = RowChoice("Tipo de OS")
    grupo = RowChoice("Grupo de atendimento")
    setor = RowChoice("Setor do técnico")
    cidade = NameChoice("Cidade", empty="Todas")


def _filters(values: MultiDict[str, str]) -> Form:
    form, found = Filtering(values), questions.options()
    form.tecnico.offer([(questions.NOBODY, "Sem técnico"), *found.technicians])
    form.tipo.offer(found.kinds)
    form.grupo.offer(found.groups)
    form.setor.offer(found.departments)
    form.cidade.offer(found.cities)
    return form


ORDERS = Listing(
    "ordens", "Painel de O.S.", "staff.all_orders.index", _filters, questions.ORDERS, search="q", always=("situacao",)
)


def _wanted(asked: Asked) -> questions.Wanted:
    return questions.Wanted(
        text=asked["q"],
        state=asked["situacao"] or questions.WAITING,
        technician=asked["tecnico"],
        when=asked["periodo"],
        kind=whole(asked["tipo"]),
        group=whole(asked["grupo"]),
        department=whole(asked["setor"]),
        city=asked["cidade"],
        sort=asked.order,
    )


@panel.get("/ordens")
@staff("orders.read")
def index() -> ResponseReturnValue:
    asked = ORDERS.asked()
    want = _wanted(asked)
    rows, more = questions.find(want, asked.behind(want.order))
    return answer_list(
        "staff/all_orders/index.html",
        "staff/all_orders/_list.html",
        asked,
        rows=rows,
        where=where_now(row.id for row in rows if row.technician and row.status in PENDING),
        wanted=want,
        states=questions.STATES,
        pending=questions.WAITING,
        following=asked.after(more),
    )


@panel.post("/ordens/planilha")
@staff("orders.read")
def create() -> ResponseReturnValue:
    asked = ORDERS.asked(request.form)
    return download("Painel de O.S.", "ordens", questions.HEADS, lambda: questions.lines(_wanted(asked)))
