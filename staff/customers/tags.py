"""Etiquetas of a customer (C-111)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.people import PersonTag, Tag
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
    form = _form(load(id).id)
    return page("staff/tags/edit.html", id, "details", form=form)


@tags.post("/clientes/<int:id>/etiquetas")
@staff("people.tag")
def update(id: int) -> ResponseReturnValue:
    person, form = load(id), _form(id)
    if form.accepts(lambda: person.set_tags(form.tags.data)):
        return done(url_for("staff.customers.show", id=id), "Etiquetas gravadas")
    return page("staff/tags/edit.html", id, "details", form=form), form.code


def _form(person_id: int) -> Tags:
    mine = select(PersonTag.tag_id).where(PersonTag.person_id == person_id)
    has = list(db.session.scalars(mine))
    form = Tags(data={"tags": has})
    form.tags.offer(offers.names(Tag, kept=has))
    return form
