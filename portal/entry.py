"""What every way in shares: the question, how often it may be answered, the new session (security.md 4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField

from models.base import db
from models.entry.known import MEANS, Known
from models.history import track
from models.operators import LoginSession
from models.operators.token import digest
from models.people import Person
from models.people.contact import digits
from models.scope import Actor, acting
from portal.throttling import DAY, HOUR, QUARTER, Tries
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


def browser() -> str:
    """What a code is bound to: the secret of this browser's forms, which no other browser has."""
    return digest(session["csrf_token"])


def sends(document: str) -> Tries:
    """Codes mailed about one document, known or not, and asked for from this address."""
    return [(f"central-code:{digest(document)}", 3, HOUR), (f"central-code-ip:{client_ip()}", 10, HOUR)]


def from_here() -> Tries:
    """Wrong documents and wrong answers of one address."""
    return [(f"central-ip:{client_ip()}", 5, QUARTER), (f"central-ip:{client_ip()}", 20, DAY)]


def asked_from_here(document: str) -> Tries:
    """That a question was asked here after this document: its try is given back with the good answer, once."""
    return [(f"central-asked:{digest(f'{client_ip()} {document}')}", 1, QUARTER)]


def about(document: str) -> Tries:
    """Wrong answers about one document, known or not, and of this address."""
    key = f"central-proof:{digest(document)}"
    return [*from_here(), (key, 5, QUARTER), (key, 20, DAY)]


def enter(known: Known, question: str | None, target: str, *, instead_of: int | None = None) -> Response:
    """In, with a new session: weak after a document alone, proved after an answer to the question. Commits.

    `instead_of` is the weak session of somebody who was inside already.
    """
    row, token = open_session(known.person_id, "proved" if question else "weak", known.company_id)
    with acting(Actor("subscriber", known.person_id, "Assinante"), "portal", session_id=row.id, **context()):
        person = db.session.get_one(Person, known.person_id)
        told: dict[str, Any] = {"person_id": person.id, "company_id": person.company_id}
        if instead_of:
            LoginSession.revoke(instead_of)
        else:
            track("person.signed_in", person, **told)
        if question:
            track("person.proved", person, **told, means=MEANS[question])
    db.session.commit()
    session.clear()
    if question and known.owes_password:
        target = url_for("portal.passwords.edit")
    return hand_token(redirect(target, 303), token)
