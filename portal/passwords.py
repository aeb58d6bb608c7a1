"""Senha da Central: the subscriber's own choice; from then on it is what shows who they are."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from models.base import commit_now, db
from models.entry import about
from models.operators.throttle import Tries, count, forgive
from models.people import SubscriberPassword
from models.refused import Refused
from portal.loading import myself
from portal.throttling import wait
from web.access import subscriber
from web.doors import client_ip
from web.forms import Form
from web.fragments import done

passwords = Blueprint("passwords", __name__)


class NewPassword(Form):
    present = PasswordField("Senha atual")
    password = PasswordField("Senha nova")
    again = PasswordField("Repita a senha nova")


@passwords.get("/conta/senha")
@subscriber("proved")
def edit() -> ResponseReturnValue:
    return _page(NewPassword())


@passwords.post("/conta/senha")
@subscriber("proved")
def update() -> ResponseReturnValue:
    form, tries = NewPassword(), about(myself().document, client_ip())
    late = count(tries)
    commit_now()
    if late:
        return wait(late)
    if form.accepts(lambda: _choose(form, tries)):
        return done(url_for("portal.account.show"), "Senha gravada. Os outros aparelhos saíram da Central.")
    return _page(form), form.code


def _choose(form: NewPassword, tries: Tries) -> None:
    """Only a wrong present password stays counted."""
    try:
        if form.password.data != form.again.data:
            raise Refused("As duas senhas são diferentes. Escreva a mesma nas duas.", field="again")
        SubscriberPassword.choose(myself(), form.password.data or "", form.present.data or "")
    except Refused as no:
        db.session.rollback()
        if "present" not in no.errors:
            forgive(tries)
            db.session.commit()
        raise
    forgive(tries)


def _page(form: NewPassword) -> str:
    return render_template("portal/passwords/edit.html", form=form, has_password=SubscriberPassword.of(myself()))
