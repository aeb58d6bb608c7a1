"""Contatos: how the provider reaches the subscriber, changed by themselves."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from models.people import Person
from models.people.contact import KINDS
from models.wording import phone
from portal.loading import myself
from web.access import subscriber
from web.forms import Form, text
from web.fragments import done

contacts = Blueprint("contacts", __name__)


class Contacts(Form):
    mobile = text("Celular", 20)
    phone = text("Telefone fixo", 20)
    email = text("E-mail")


@contacts.get("/conta/contatos")
@subscriber("proved")
def edit() -> ResponseReturnValue:
    person = myself()
    return render_template("portal/contacts/edit.html", form=_stored(person).edits(person))


@contacts.post("/conta/contatos")
@subscriber("proved")
def update() -> ResponseReturnValue:
    person = myself()
    form = Contacts().edits(person, lambda: _stored(person))
    typed = {kind: form[kind].data or "" for kind in KINDS}
    if form.accepts(lambda: person.change_contacts(typed, form.seen)):
        return done(url_for("portal.account.show"), "Contatos gravados")
    return render_template("portal/contacts/edit.html", form=form), form.code


def _stored(person: Person) -> Contacts:
    return Contacts(formdata=None, data={kind: phone(value) for kind, value in person.contacts().items()})
