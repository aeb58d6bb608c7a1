"""Corrigir CPF ou CNPJ: a valid but wrong document, with permission and reason (B-03)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models.changes import Correction
from models.people import Person
from models.people.person import PERSON_KINDS
from models.wording import masked
from staff.customers.loading import load, page
from staff.searching import accepts_document
from web.access import staff
from web.forms import Form, lines, text
from web.fragments import done

document_corrections = Blueprint("document_corrections", __name__)
PATH = "/clientes/<int:id>/correcoes/documento"


class RightDocument(Form):
    kind = RadioField("Tipo de Cliente", choices=list(PERSON_KINDS.items()), validate_choice=False)
    document = text("CPF ou CNPJ certo", 20)
    reason = lines("Motivo")


@document_corrections.get(PATH)
@staff("people.correct")
def edit(id: int) -> ResponseReturnValue:
    person = load(id)
    return _page(person, RightDocument(data={"kind": person.kind}).edits(person))


@document_corrections.post(PATH)
@staff("people.correct")
def update(id: int) -> ResponseReturnValue:
    person = load(id)
    form = RightDocument().edits(person, lambda: _stored(person))
    kind = form.kind.data or person.kind  # not asked where it cannot change
    typed = form.document.data
    correct = lambda: Correction(person).correct_document(typed, kind, form.reason.data, form.seen)  # noqa: E731
    if accepts_document(form, typed, correct):
        return done(url_for("staff.details.show", id=id), "Documento corrigido. A Central pede o novo.")
    return _page(person, form), form.code


def _stored(person: Person) -> RightDocument:
    form = RightDocument(formdata=None, data={"kind": person.kind, "document": masked(person.document)})
    del form.reason
    return form


def _page(person: Person, form: RightDocument) -> str:
    fixed_kind = Correction(person).refusal_to_change_kind()
    if fixed_kind:
        form.document.label.text = "CPF certo" if person.kind == "individual" else "CNPJ certo"
    fix = form.refused.fix if form.refused and isinstance(form.refused.fix, Person) else None
    return page(
        "staff/document_corrections/edit.html",
        person.id,
        "details",
        form=form,
        other=fix.id if fix else None,
        fixed_kind=fixed_kind,
    )
