"""Entering the Central with a CPF or CNPJ, by the rule of the provider (C-102, D-11), and leaving it.

The rule is models/entry/visitor.py; here each outcome has its page, the same for a stranger as for a customer.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.base import db, reads_from_here
from models.entry import Asked, Entered, Outcome, TooOften, Wrong, others
from models.operators import LoginSession
from models.people import cleaned
from portal.entry import Answer, answered, enter, visitor
from portal.throttling import wait
from web.access import public, subscriber
from web.doors import cookie_name, me, safe_next
from web.forms import Form, text

sessions = Blueprint("sessions", __name__)

SIZES = (11, 14)
UNREADABLE = "Digite os 11 números do CPF, ou o CNPJ inteiro da empresa."
NEUTRAL = "Não conseguimos entrar com este número. Confira o CPF ou CNPJ, ou fale com a gente."
WRONG = "Não conseguimos entrar com estes dados. Confira o CPF ou CNPJ e a resposta, ou fale com a gente."


class SignIn(Form):
    document = text("Seu CPF", 30)


@sessions.get("/entrar")
@public
def new() -> ResponseReturnValue:
    return _page(SignIn(), request.args.get("next"), ended=_session_ended())


@sessions.post("/entrar")
@public
def create() -> ResponseReturnValue:
    """The document, then perhaps the answer to a question; `question` asks for another one."""
    form = SignIn()
    document = cleaned(form.document.data or "")
    if len(document) not in SIZES:
        return _unreadable(form)
    asked, question = request.form.get("question"), answered()
    if asked in others(document, ""):
        return _after(visitor().ask_for(document, asked), document)
    if not question:
        return _after(visitor().enter(document), document)
    given = Answer()
    if answer := given.to(question):
        return _after(visitor().answer(document, question, answer), document)
    return _ask(document, question, given, has_errors=True), 422


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


def _after(outcome: Outcome, document: str) -> ResponseReturnValue:
    """What a try came to: inside, a page of the entry, or to wait."""
    match outcome:
        case Entered():
            return enter(outcome, safe_next(request.form.get("next")))
        case TooOften(until):
            return wait(until)
        case Asked(question):
            return _ask(document, question)
        case Wrong(""):
            return _page(SignIn(), request.form.get("next"), neutral=NEUTRAL)
        case Wrong(question):
            return _ask(document, question, Answer(), neutral=WRONG)


def _page(form: SignIn, target: str | None, **values: object) -> str:
    reads_from_here()
    return render_template("portal/sessions/new.html", form=form, next=target, **values)


def _ask(document: str, question: str, form: Answer | None = None, **values: object) -> str:
    reads_from_here()
    values |= {"document": document, "question": question, "others": others(document, question)}
    values |= {"next": request.form.get("next")}
    return render_template("portal/sessions/question.html", form=form or Answer(formdata=None), **values)


def _session_ended() -> bool:
    """This browser still holds the token of a session that is over, by time or by leaving elsewhere."""
    return cookie_name("central") in request.cookies and not current_user.is_authenticated


def _unreadable(form: SignIn) -> ResponseReturnValue:
    """Not the length of a document: nothing is looked up, so nothing is told and nothing counted."""
    form.document.errors = [UNREADABLE]
    return _page(form, request.form.get("next"), has_errors=True), 422
