"""Encaminhar Atendimento, in four ways (A-100 to A-104)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import RadioField

from models.base import db
from models.desk import ticket_page
from models.operators import Operator
from models.refused import Refused, require
from models.tickets import VISIBILITIES, Ticket, receivers
from models.workflows import Process, ProcessStep
from staff.attend.loading import here, load, page
from web.access import staff
from web.forms import Choice, Form, lines
from web.fragments import done

forwards = Blueprint("forwards", __name__)
WAYS = {
    "next": "Seguir fluxo normal",
    "watch": "Incluir novo visualizador",
    "step": "Enviar para outro subprocesso",
    "process": "Enviar para outro processo",
}


class Forwarding(Form):
    way = RadioField("Como", choices=list(WAYS.items()), validate_choice=False)
    operator_id = Choice("Quem acompanha")
    step_id = Choice("Subprocesso")
    process_id = Choice("Processo")
    note = lines("Recado para quem recebe", 4000)


@forwards.get("/atendimentos/<int:id>/encaminhamento")
@staff("tickets.attend")
def new(id: int) -> ResponseReturnValue:
    ticket = load(id)
    require(ticket.refusal_to_act(), fix=ticket)
    return _page(ticket, Forwarding(data={"way": "next" if ticket.next_step() else "step"}).edits(ticket))


@forwards.post("/atendimentos/<int:id>/encaminhamento")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Forwarding()
    if form.edits(ticket).accepts(lambda: _act(ticket, form)):
        return done(here(ticket), f"{ticket.protocol} {_said(ticket, form)}")
    require(ticket.refusal_to_act() if ticket.process_id is None else None, fix=ticket)
    return _page(ticket, form), form.code


def _act(ticket: Ticket, form: Forwarding) -> None:
    ticket.require_version(form.seen)
    ticket.require_held()
    if form.way.data not in WAYS:
        raise Refused("Escolha como encaminhar.", field="way")
    if form.note.data:
        ticket.comment(form.note.data, "internal")
    if form.way.data == "next":
        ticket.forward(form.seen)
    elif form.way.data == "watch":
        ticket.watch(_row(Operator, form.operator_id.data), form.seen)
    elif form.way.data == "step":
        ticket.forward_to_step(_row(ProcessStep, form.step_id.data), form.seen)
    else:
        ticket.forward_to_process(_row(Process, form.process_id.data), form.seen)


def _said(ticket: Ticket, form: Forwarding) -> str:
    """'encaminhado para Suporte N2, com Suporte', once it was."""
    head = ticket_page.head(ticket.id)
    if form.way.data == "watch" or head is None:
        return "tem mais um visualizador"
    return f"encaminhado para {head.step}, com {head.department}"


def _row(kind: type[Any], id: Any) -> Any:
    return db.session.scalars(select(kind).where(kind.id == id)).first() if isinstance(id, int) else None


def _page(ticket: Ticket, form: Forwarding) -> str:
    process = ticket.process()
    steps, following = process.steps(), ticket.next_step()
    form.operator_id.offer([(row.id, row.name) for row in receivers(ticket.company_id, "tickets.read")])
    form.step_id.offer([(step.id, step.name) for step in steps if step.id != ticket.step_id])
    others = [row for row in Process.offered(ticket.company_id) if row.id != process.id]
    form.process_id.offer([(row.id, row.name) for row in others])
    effects = {
        "next": f"Vai para {following.name}, o de maior prioridade ainda não executado" if following else NONE_LEFT,
        "watch": "A pessoa acompanha em Início e não fica responsável",
        "step": f"Um passo de {process.name}, à sua escolha",
        "process": "O prazo é refeito desde o início, com o tipo novo",
    }
    stays = ticket_page.stays(ticket.id)
    return page(
        "staff/forwards/new.html", ticket, form=form, effects=effects, steps=steps, stays=stays, labels=VISIBILITIES
    )


NONE_LEFT = "Todos os subprocessos foram executados. Finalize, ou escolha outro caminho"
