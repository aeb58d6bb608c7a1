"""Etiquetas of a customer (C-111)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.people import Person, PersonTag, Tag
from models.sales import offers
from staff.customers.loading import load, page
from web.access import staff
from web.forms import Choices, Form
from web.fragments import done

tags = Blueprint("tags", __name__)


class Tags(Form):
    tags = Choices("Etiquetas")


@tags.get("/clientes/<int:id>/etiquetas")
@staff("people.tag")
def edit(id: int) -> ResponseReturnValue:
    form = _form(load(id))
    return page("staff/tags/edit.html", id, "details", form=form)


@tags.post("/clientes/<int:id>/etiquetas")
@staff("people.tag")
def update(id: int) -> ResponseReturnValue:
    person = load(id)
    form = _form(person)
    if form.accepts(lambda: person.set_tags(form.tags.data, form.seen)):
        return done(url_for("staff.customers.show", id=id), "Etiquetas gravadas")
    return page("staff/tags/edit.html", id, "details", form=form), form.code


def _form(person: Person) -> Tags:
    has = _tags(person)
    form = Tags(data={"tags": has}).edits(person, tags=lambda: _tags(person))
    form.tags.offer(offers.names(Tag, kept=has))
    return form


def _tags(person: Person) -> list[int]:
    return list(db.session.scalars(select(PersonTag.tag_id).where(PersonTag.person_id == person.id)))
