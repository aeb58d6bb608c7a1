"""Corrigir CPF ou CNPJ: a valid but wrong document, with permission and reason (B-03)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField

from models.changes import Correction
from models.people import Person
from models.people.person import PERSON_KINDS
from models.refused import Stale
from models.wording import masked
from staff.customers.loading import load, page
from web.access import staff
from web.differences import differences
from web.forms import Form, lines, text, whole
from web.fragments import done

document_corrections = Blueprint("document_corrections", __name__)
PATH = "/clientes/<int:id>/correcoes/documento"


class RightDocument(Form):
    version = HiddenField()
    overwrites = HiddenField()  # the version somebody was shown and chose to write over
    kind = RadioField("Tipo de Cliente", choices=list(PERSON_KINDS.items()), validate_choice=False)
    document = text("CPF ou CNPJ certo", 20)
    reason = lines("Motivo")


@document_corrections.get(PATH)
@staff("people.correct")
def edit(id: int) -> ResponseReturnValue:
    person = load(id)
    return _page(person, _stored(person))


@document_corrections.post(PATH)
@staff("people.correct")
def update(id: int) -> ResponseReturnValue:
    person, form = load(id), RightDocument()
    seen = whole(form.overwrites.data) or whole(form.version.data)
    kind = form.kind.data or person.kind  # not asked where it cannot change
    if form.accepts(lambda: Correction(person).correct_document(form.document.data, kind, form.reason.data, seen)):
        return done(url_for("staff.details.show", id=id), "Documento corrigido. A Central pede o novo.")
    return _page(person, form), form.code


def _stored(person: Person) -> RightDocument:
    return RightDocument(formdata=None, data={"version": person.version, "kind": person.kind})


def _page(person: Person, form: RightDocument) -> str:
    beside: dict[str, Any] = {}
    if isinstance(form.refused, Stale):
        stored = _stored(person)
        stored.document.data, stored.reason.data = masked(person.document), form.reason.data
        beside = {"differences": differences(form, stored)}
    fix = form.refused.fix if form.refused and isinstance(form.refused.fix, Person) else None
    return page(
        "staff/document_corrections/edit.html",
        person.id,
        "details",
        form=form,
        version=person.version,
        other=fix.id if fix else None,
        fixed_kind=Correction(person).refusal_to_change_kind(),
        **beside,
    )
