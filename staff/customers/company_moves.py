"""Mudar de empresa: in which company a record stands, by who works in TODAS (B-03)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.changes import Correction
from models.changes.correction import companies
from models.people import Person
from models.refused import require
from staff.customers.loading import load, page
from web.access import staff
from web.forms import Choice, Form, lines
from web.fragments import done

company_moves = Blueprint("company_moves", __name__)
PATH = "/clientes/<int:id>/correcoes/empresa"


class Move(Form):
    company_id = Choice("Empresa")
    reason = lines("Motivo")


@company_moves.get(PATH)
@staff("people.correct")
def edit(id: int) -> ResponseReturnValue:
    person = load(id)
    require(Correction(person).refusal_to_move(), fix=person)
    return _page(person, _drawn(person))


@company_moves.post(PATH)
@staff("people.correct")
def update(id: int) -> ResponseReturnValue:
    person = load(id)
    form = _drawn(person)
    require(Correction(person).refusal_to_move(), fix=person)
    if form.accepts(lambda: Correction(person).move_to(form.company_id.data, form.reason.data, form.seen)):
        return done(url_for("staff.details.show", id=id), "Cadastro na outra empresa")
    return _page(person, form), form.code


def _drawn(person: Person) -> Move:
    """Offers every company but its own; what is stored is compared among all."""
    form = Move().edits(person, lambda: _stored(person))
    form.company_id.offer([(id, name) for id, name in companies().items() if id != person.company_id])
    return form


def _stored(person: Person) -> Move:
    form = Move(formdata=None, data={"company_id": person.company_id})
    form.company_id.offer(list(companies().items()))
    del form.reason
    return form


def _page(person: Person, form: Move) -> str:
    return page("staff/company_moves/edit.html", person.id, "details", form=form)
