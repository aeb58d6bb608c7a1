"""Mudar de empresa: in which company a record stands, by who works in TODAS (B-03)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from models.changes import Correction
from models.changes.correction import companies
from models.people import Person
from models.refused import Stale, require
from staff.customers.loading import load, page
from web.access import staff
from web.differences import differences
from web.forms import Choice, Form, lines, whole
from web.fragments import done

company_moves = Blueprint("company_moves", __name__)
PATH = "/clientes/<int:id>/correcoes/empresa"


class Move(Form):
    version = HiddenField()
    overwrites = HiddenField()  # the version somebody was shown and chose to write over
    company_id = Choice("Empresa")
    reason = lines("Motivo")


@company_moves.get(PATH)
@staff("people.correct")
def edit(id: int) -> ResponseReturnValue:
    person = load(id)
    require(Correction(person).refusal_to_move(), fix=person)
    return _page(person, _stored(person))


@company_moves.post(PATH)
@staff("people.correct")
def update(id: int) -> ResponseReturnValue:
    person, form = load(id), Move()
    require(Correction(person).refusal_to_move(), fix=person)
    seen = whole(form.overwrites.data) or whole(form.version.data)
    if form.accepts(lambda: Correction(person).move_to(form.company_id.data, form.reason.data, seen)):
        return done(url_for("staff.details.show", id=id), "Cadastro na outra empresa")
    return _page(person, form), form.code


def _stored(person: Person) -> Move:
    return Move(formdata=None, data={"version": person.version})


def _page(person: Person, form: Move) -> str:
    named = companies()
    form.company_id.offer([(id, name) for id, name in named.items() if id != person.company_id])
    beside: dict[str, Any] = {}
    if isinstance(form.refused, Stale):
        stored = _stored(person)
        stored.company_id.offer(list(named.items()))
        stored.company_id.data, stored.reason.data = person.company_id, form.reason.data
        beside = {"differences": differences(form, stored)}
    return page("staff/company_moves/edit.html", person.id, "details", form=form, version=person.version, **beside)
