"""Entering the Central with a CPF or CNPJ, by the rule of the provider (C-102, D-11), and leaving it.

A CPF is no secret, so guessing is slow. An unknown, a blocked and a former customer's document get the same page,
words and work; what is asked after it depends on the installation alone.
See docs/decisions/010-entering-the-central.md.
"""

from __future__ import annotations

import logging

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models.base import db, read_only, reads_from_here
from models.entry import known as subscriber_entry
from models.operators import LoginSession, within
from models.operators.token import digest
from models.people import cleaned
from models.scope import Actor, acting
from portal.entry import Answer, about, answered, asked_from_here, browser, enter, from_here, sends
from portal.throttling import HOUR, count, is_full, take_back, wait
from web.access import public, subscriber
from web.doors import context, cookie_name, me, safe_next
from web.forms import Form, text

sessions = Blueprint("sessions", __name__)
log = logging.getLogger("enlace")

EVERYWHERE = [("central-site", 60, HOUR)]  # wrong documents of all together; then the document alone opens to nobody
LOGINS_PER_CPF = 10  # an hour, right or wrong
SIZES = (11, 14)
UNREADABLE = "Digite os 11 números do CPF, ou o CNPJ inteiro da empresa."
NEUTRAL = "Não conseguimos entrar com este número. Confira o CPF ou CNPJ, ou fale com a gente."
WRONG = "Não conseguimos entrar com estes dados. Confira o CPF ou CNPJ e a resposta, ou fale com a gente."
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
    """The document, then perhaps the answer to a question; `question` asks for another one."""
    form = SignIn()
    document = cleaned(form.document.data or "")
    if len(document) not in SIZES:
        return _unreadable(form)
    asked = request.form.get("question")
    if asked in subscriber_entry.others(document, ""):
        return _ask_for(document, asked)
    if question := answered():
        return _answer(document, question)
    return _identify(form, document)


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


def _identify(form: SignIn, document: str) -> ResponseReturnValue:
    """By the document alone: in, on to the question, or neither."""
    if late := count(from_here()):
        return wait(late)
    guarded = bool(count(EVERYWHERE))
    if guarded:
        log.warning("central entry by document alone is closed")
    counted = from_here() + ([] if guarded else EVERYWHERE)
    with read_only(), acting(VISITOR, "portal", **context()):
        rules = subscriber_entry.rules_in_use(guarded)
        known = subscriber_entry.by_document(document)
    alone = known is not None and known.enters_alone(rules)
    question = subscriber_entry.question_after(document, rules)
    if question and not alone:
        if "cpf_only" not in rules:  # nobody enters alone: to be asked tells nothing, so nothing was tried
            take_back(counted)
        else:
            count(asked_from_here(document))
        return _ask_for(document, question)
    often = _too_often(document)
    if known is None or not alone or often:
        reads_from_here()
        return _page(form, request.form.get("next"), neutral=NEUTRAL)
    take_back(counted)
    return enter(known, None, safe_next(request.form.get("next")))


def _ask_for(document: str, question: str) -> ResponseReturnValue:
    """The page of a question; for the code one is mailed first, as if everybody had an e-mail."""
    if question == "code":
        if late := count(sends(document)):
            return wait(late)
        with read_only(), acting(VISITOR, "portal", **context()):
            known = subscriber_entry.by_document(document)
        subscriber_entry.send_code(known, browser())
        db.session.commit()
    reads_from_here()
    return _ask(document, question)


def _answer(document: str, question: str) -> ResponseReturnValue:
    """In at level proved, or the question again."""
    form = Answer()
    answer = form.to(question)
    if not answer:
        reads_from_here()
        return _ask(document, question, form, has_errors=True), 422
    if late := count(about(document)):
        return wait(late)
    with read_only(), acting(VISITOR, "portal", **context()):
        known = subscriber_entry.by_document(document)
    good, often = subscriber_entry.proves(known, question, answer, browser()), _too_often(document)
    if known is None or not good or often:
        reads_from_here()
        return _ask(document, question, form, neutral=WRONG)
    asked = asked_from_here(document)
    left = asked + from_here() + EVERYWHERE if is_full(asked) else []  # what _identify left counted
    take_back(about(document) + left)
    return enter(known, question, safe_next(request.form.get("next")))


def _too_often(document: str) -> bool:
    often = not within(f"central-cpf:{digest(document)}", LOGINS_PER_CPF, HOUR)
    db.session.commit()
    return often


def _page(form: SignIn, target: str | None, **values: object) -> str:
    return render_template("portal/sessions/new.html", form=form, next=target, **values)


def _ask(document: str, question: str, form: Answer | None = None, **values: object) -> str:
    others = subscriber_entry.others(document, question)
    values |= {"document": document, "question": question, "others": others, "next": request.form.get("next")}
    return render_template("portal/sessions/question.html", form=form or Answer(formdata=None), **values)


def _session_ended() -> bool:
    """This browser still holds the token of a session that is over, by time or by leaving elsewhere."""
    return cookie_name("central") in request.cookies and not current_user.is_authenticated


def _unreadable(form: SignIn) -> ResponseReturnValue:
    """Not the length of a document: nothing is looked up, so nothing is told and nothing counted."""
    reads_from_here()
    form.document.errors = [UNREADABLE]
    return _page(form, request.form.get("next"), has_errors=True), 422
