"""Contatos: how the provider reaches the subscriber, changed by themselves."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from models.people.contact import KINDS
from models.wording import phone
from portal.loading import myself
from web.access import subscriber
from web.forms import Form, text, whole
from web.fragments import done

contacts = Blueprint("contacts", __name__)


class Contacts(Form):
    version = HiddenField()
    mobile = text("Celular", 20)
    phone = text("Telefone fixo", 20)
    email = text("E-mail")


@contacts.get("/conta/contatos")
@subscriber("proved")
def edit() -> ResponseReturnValue:
    person = myself()
    written = {kind: phone(value) for kind, value in person.contacts().items()}
    return render_template("portal/contacts/edit.html", form=Contacts(formdata=None, obj=person, **written))


@contacts.post("/conta/contatos")
@subscriber("proved")
def update() -> ResponseReturnValue:
    form = Contacts()
    typed = {kind: form[kind].data or "" for kind in KINDS}
    if form.accepts(lambda: myself().change_contacts(typed, whole(form.version.data))):
        return done(url_for("portal.account.show"), "Contatos gravados")
    return render_template("portal/contacts/edit.html", form=form), form.code
