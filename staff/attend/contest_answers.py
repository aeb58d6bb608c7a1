"""Responder à contestação: the answer, what it does with the money, and the way back (B-11)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models.billing import ANSWERS
from models.desk import contest_page
from models.refused import require
from models.tickets import Ticket
from staff.attend.loading import here, load, page, requires
from web.access import staff
from web.forms import Form, lines
from web.fragments import done

contest_answers = Blueprint("contest_answers", __name__)
MEANING = {
    "granted": "a cobrança está errada",
    "upheld": "a cobrança está certa",
    "withdrawn": "o cliente desistiu, ou foi aberta por engano",
}
CHOICES = [(kind, f"{answer}: {MEANING[kind]}") for kind, answer in ANSWERS.items()]


class Answering(Form):
    kind = RadioField("Resposta", choices=CHOICES, validate_choice=False)
    body = lines("Explicação ao cliente", 2000)


class Undoing(Form):
    reason = lines("Motivo")


@contest_answers.get("/atendimentos/<int:id>/contestacao")
@staff("billing.cancel")
def new(id: int) -> ResponseReturnValue:
    ticket = _load(id)
    require(ticket.refusal_to_answer_contest(), fix=ticket)
    return _page(ticket, Answering().edits(ticket))


@contest_answers.post("/atendimentos/<int:id>/contestacao")
@staff("billing.cancel")
def create(id: int) -> ResponseReturnValue:
    ticket, form = _load(id), Answering()
    said = (form.kind.data or "", form.body.data or "")
    if form.edits(ticket).accepts(lambda: ticket.answer_contest(*said, form.seen)):
        return done(f"{here(ticket)}#interacoes", f"Contestação respondida: {ANSWERS[said[0]].lower()}")
    return _page(ticket, form), form.code


@contest_answers.get("/atendimentos/<int:id>/contestacao/desfazer")
@staff("billing.cancel")
def edit(id: int) -> ResponseReturnValue:
    ticket = _load(id)
    require(ticket.refusal_to_take_answer_back(), fix=ticket)
    return page("staff/contest_answers/edit.html", ticket, form=Undoing().edits(ticket))


@contest_answers.post("/atendimentos/<int:id>/contestacao/desfazer")
@staff("billing.cancel")
def destroy(id: int) -> ResponseReturnValue:
    ticket, form = _load(id), Undoing()
    if form.edits(ticket).accepts(lambda: ticket.take_contest_answer_back(form.reason.data or "", form.seen)):
        return done(here(ticket), "Resposta desfeita: a contestação espera outra")
    return page("staff/contest_answers/edit.html", ticket, form=form), form.code


def _load(id: int) -> Ticket:
    requires("tickets.attend")
    return load(id)


def _page(ticket: Ticket, form: Answering) -> str:
    return page("staff/contest_answers/new.html", ticket, form=form, contest=contest_page.of_ticket(ticket))
