"""What every way in shares: who is at the door, the question, the new session (decision 010)."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField

from models.base import commit_now, db
from models.entry import MEANS, Entered, Visitor
from models.operators.token import digest
from models.people.contact import digits
from models.scope import Actor, acting
from web.doors import client_ip, context, hand_token, open_session
from web.forms import Form, text

SIZES = {"birth_date": 8, "mobile": 11, "code": 6}
UNREADABLE = {
    "birth_date": "Escreva dia, mês e ano do nascimento. Exemplo: 31/12/1980.",
    "mobile": "Escreva o celular com DDD: 11 números. Exemplo: (37) 98765-4321.",
    "password": "Escreva a senha.",
    "code": "Escreva os 6 números do código.",
}


class Answer(Form):
    birth_date = text("Sua data de nascimento", 20)
    mobile = text("Celular do cadastro", 20)
    password = PasswordField("Sua senha")
    code = text("Código que mandamos por e-mail", 20)

    def to(self, question: str) -> str:
        """What was answered; empty, with a sentence beside the field, when it cannot be read."""
        typed = self[question].data or ""
        answer = READ[question](typed)
        if not answer or len(answer) != SIZES.get(question, len(answer)):
            self[question].errors = [UNREADABLE[question]]
            return ""
        return answer


def _day(typed: str) -> str:
    """'22/5/1958' and '22051958' -> '22051958'."""
    parts = re.findall(r"[0-9]+", typed)
    return "".join(part.zfill(2) for part in parts)


READ: dict[str, Callable[[str], str]] = {"password": str, "birth_date": _day, "mobile": digits, "code": digits}


def answered() -> str | None:
    """Which question this post answers."""
    return next((question for question in MEANS if question in request.form), None)


def visitor() -> Visitor:
    """Whoever sends this request. A code is bound to the secret of this browser's forms, which no other browser has."""
    return Visitor(client_ip(), digest(session["csrf_token"]), keep=commit_now)


def enter(entered: Entered, target: str, *, instead_of: int | None = None) -> Response:
    """In, with a new session. Commits.

    `instead_of` is the weak session of somebody who was inside already.
    """
    id = entered.known.person_id
    row, token = open_session(id, entered.level, entered.known.company_id)
    with acting(Actor("subscriber", id, "Assinante"), "portal", session_id=row.id, **context()):
        entered.begin(instead_of)
    db.session.commit()
    session.clear()
    if entered.goes_on_to_password:
        target = url_for("portal.passwords.edit")
    return hand_token(redirect(target, 303), token)
