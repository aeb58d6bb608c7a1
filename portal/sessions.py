"""Entering the Central with a CPF or CNPJ, when that is the provider's rule (C-102, D-11).

A CPF is no secret, so guessing is slow: see LIMITS. An unknown, a blocked and a former customer's document get
the same page, words and work.
"""

from __future__ import annotations

import logging

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.base import db, read_only, reading
from models.desk import subscriber_entry
from models.history import Actor, acting, track
from models.operators import LoginSession, within
from models.operators.throttle import spent
from models.operators.token import digest
from models.people import Person, cleaned
from portal.throttling import DAY, HOUR, QUARTER, end_of, wait
from web.access import public, subscriber
from web.doors import client_ip, context, cookie_name, hand_token, me, open_session, safe_next
from web.forms import Form, text

sessions = Blueprint("sessions", __name__)
log = logging.getLogger("enlace")

# Wrong documents: from one address, and from everywhere together (then the entry closes for everybody).
LIMITS = (("ip", 5, QUARTER), ("ip", 20, DAY), ("site", 60, HOUR))
LOGINS_PER_CPF = 10  # an hour, right or wrong
SIZES = (11, 14)
UNREADABLE = "Digite os 11 números do CPF, ou o CNPJ inteiro da empresa."
NEUTRAL = "Não conseguimos entrar com este número. Confira o CPF ou CNPJ, ou fale com a gente."
VISITOR = Actor("integration", None, "Visitante da Central")


class SignIn(Form):
    document = text("Seu CPF", 30)


@sessions.get("/entrar")
@public
def new() -> ResponseReturnValue:
    return _page(SignIn(), request.args.get("next"), ended=_session_ended())


@sessions.post("/entrar")
@public
def create() -> ResponseReturnValue:
    form = SignIn()
    typed = cleaned(form.document.data or "")
    if len(typed) not in SIZES:
        return _unreadable(form)
    with read_only(), acting(VISITOR, "portal", **context()):
        closed = _closed()
        person = None if closed else subscriber_entry.by_document(typed)
        db.session.rollback()
    if closed:
        return closed
    with acting(VISITOR, "portal", **context()):
        often = not within(f"central-cpf:{digest(typed)}", LOGINS_PER_CPF, HOUR)
        if person is None or often:
            return _refused(form)
        token = _open(person)
    session.clear()
    return hand_token(redirect(safe_next(request.form.get("next")), 303), token)


@sessions.post("/sair")
@subscriber("weak")
def destroy() -> ResponseReturnValue:
    LoginSession.revoke(me().session_id)
    db.session.commit()
    session.clear()
    response = redirect(url_for("portal.sessions.new"), 303)
    response.delete_cookie(cookie_name("central"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _page(form: SignIn, target: str | None, **values: object) -> str:
    return render_template("portal/sessions/new.html", form=form, next=target, **values)


def _session_ended() -> bool:
    """This browser still holds the token of a session that is over, by time or by leaving elsewhere."""
    return cookie_name("central") in request.cookies and not current_user.is_authenticated


def _key(of: str) -> str:
    return f"central-ip:{client_ip()}" if of == "ip" else "central-site"


def _closed() -> ResponseReturnValue | None:
    """The page to wait at, when too many wrong documents came from here or from everywhere."""
    for of, most, window in LIMITS:
        if spent(_key(of), most, window):
            log.warning("central entry closed", extra={"error": of})
            return wait(end_of(window), everybody=of == "site")
    return None


def _unreadable(form: SignIn) -> ResponseReturnValue:
    """Not the length of a document: nothing is looked up, so nothing is told and nothing counted."""
    reading.set(True)
    form.document.errors = [UNREADABLE]
    return _page(form, request.form.get("next"), has_errors=True), 422


def _refused(form: SignIn) -> ResponseReturnValue:
    for of, most, window in LIMITS:
        within(_key(of), most, window)
    db.session.commit()
    reading.set(True)
    return _page(form, request.form.get("next"), neutral=NEUTRAL)


def _open(person: Person) -> str:
    row, token = open_session(person.id, "weak", person.company_id)
    actor = Actor("subscriber", person.id, "Assinante")
    with acting(actor, "portal", session_id=row.id, **context()):
        track("person.signed_in", person, person_id=person.id, company_id=person.company_id)
    db.session.commit()
    return token
