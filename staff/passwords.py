"""The one-time link of an invitation: an operator chooses a password."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from models.operators.operator import by_invitation
from models.refused import Refused
from web.access import public
from web.forms import Form
from web.fragments import done

passwords = Blueprint("passwords", __name__)


class NewPassword(Form):
    password = PasswordField("Senha nova")
    again = PasswordField("Repita a senha")


@passwords.get("/convite/<token>")
@public
def new(token: str) -> ResponseReturnValue:
    operator = by_invitation(token)
    return render_template("staff/passwords/new.html", form=NewPassword(), operator=operator, token=token)


@passwords.post("/convite/<token>")
@public
def create(token: str) -> ResponseReturnValue:
    form, operator = NewPassword(), by_invitation(token)

    def choose() -> None:
        if form.password.data != form.again.data:
            raise Refused("As duas senhas são diferentes. Escreva a mesma nas duas.", field="again")
        operator.set_password(form.password.data or "")

    if form.accepts(choose):
        return done(url_for("staff.sessions.new"), "Senha gravada. Entre com ela.")
    return render_template("staff/passwords/new.html", form=form, operator=operator, token=token), form.code
