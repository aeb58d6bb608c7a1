"""Atendimento - Painel: what its list may be asked for, and what may be done with several of its rows (A-02, B-09)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from models.base import db
from models.desk import tickets as questions
from models.operators import Department
from models.tickets import STATUSES, Ticket
from models.workflows import SLA_TYPES, Process
from web.doors import me
from web.forms import Form, text, whole
from web.lists import Asked, Listing, RowChoice

ANY = ("", "Todos")


class Filtering(Form):
    aba = SelectField("Quais", choices=list(questions.TABS.items()), validate_choice=False)
    q = text("Cliente, protocolo ou assunto", 60)
    status = SelectField("Status", choices=[("", "Em aberto"), *STATUSES.items()], validate_choice=False)
    setor = RowChoice("Setor")
    processo = RowChoice("Processo")
    com = SelectField("Com quem", choices=[ANY, ("ninguem", "Ninguém")], validate_choice=False)
    pede = SelectField("O que pede", choices=[ANY, *questions.ASKS.items()], validate_choice=False)
    sla = SelectField("SLA", choices=[ANY, *SLA_TYPES.items()], validate_choice=False)


def _filters(values: MultiDict[str, str]) -> Filtering:
    form = Filtering(values)
    for one, of in ((form.setor, Department), (form.processo, Process)):
        one.offer((id, name) for id, name in db.session.query(of.id, of.name).order_by(of.name))
    return form


TICKETS = Listing(
    "atendimentos",
    "Atendimentos",
    "staff.tickets.index",
    _filters,
    questions.ORDERS,
    search="q",
    always=("aba",),
)


def wanted(asked: Asked) -> questions.Wanted:
    return questions.Wanted(
        asked["aba"] or "meus",
        me().id,
        me().department_id,
        status=asked["status"],
        department=whole(asked["setor"]),
        process=whole(asked["processo"]),
        sla_type=asked["sla"],
        text=asked["q"],
        sort=asked.order,
        free=bool(asked["com"]),
        asks=asked["pede"],
    )


class TicketAct(NamedTuple):
    """An act for several tickets: its verb, with the version somebody saw, and what is said when all are done."""

    word: str
    icon: str
    key: str
    act: Callable[[Ticket, int], Any]
    done: tuple[str, str]
    endpoint: str = ""


ACTS = {
    "resgatar": TicketAct(
        "Resgatar",
        "lifebuoy",
        "r",
        lambda ticket, seen: ticket.claim(seen, only_free=True),
        ("atendimento resgatado", "atendimentos resgatados"),
    ),
    "encaminhar": TicketAct(
        "Encaminhar no fluxo normal",
        "arrow-forward-up",
        "",
        lambda ticket, seen: ticket.forward(seen),
        ("atendimento encaminhado", "atendimentos encaminhados"),
    ),
}
