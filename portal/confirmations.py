"""Confirmar que é você: from a session opened by a document alone to level proved."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from models.base import db, read_only, reads_from_here
from models.entry import known as subscriber_entry
from models.entry.known import Known
from portal.entry import Answer, about, answered, browser, enter, sends
from portal.throttling import count, take_back, wait
from web.access import subscriber
from web.doors import me, safe_next

confirmations = Blueprint("confirmations", __name__)

WRONG = "Não confere com o cadastro. Confira e tente de novo, ou fale com a gente."


@confirmations.get("/confirmar")
@subscriber("weak")
def new() -> ResponseReturnValue:
    target = request.args.get("next")
    if me().level == "proved":
        return redirect(safe_next(target))
    return _page(_known(), Answer(formdata=None), target)


@confirmations.post("/confirmar")
@subscriber("weak")
def create() -> ResponseReturnValue:
    """The answer to a question; `question` asks for another of those this person may answer."""
    target, form = request.form.get("next"), Answer()
    if me().level == "proved":
        return redirect(safe_next(target), 303)
    known = _known()
    if request.form.get("question") in known.questions:
        return _ask_for(known, request.form["question"], target)
    question = answered() or known.questions[0]
    answer = form.to(question)
    if not answer:
        return _page(known, form, target, question, has_errors=True), 422
    if late := count(about(known.document)):
        return wait(late)
    good = subscriber_entry.proves(known, question, answer, browser())
    db.session.commit()
    if not good:
        form[question].errors = [WRONG]
        return _page(known, form, target, question, has_errors=True), 422
    take_back(about(known.document))
    return enter(known, question, safe_next(target), instead_of=me().session_id)


def _ask_for(known: Known, question: str, target: str | None) -> ResponseReturnValue:
    if question == "code":
        if late := count(sends(known.document)):
            return wait(late)
        subscriber_entry.send_code(known, browser())
        db.session.commit()
    return _page(known, Answer(formdata=None), target, question)


def _known() -> Known:
    with read_only():
        return subscriber_entry.by_id(me().id)


def _page(known: Known, form: Answer, target: str | None, question: str = "", **values: object) -> str:
    """Without a question the first is asked. Whoever enters alone is not asked for a code first, so none is due."""
    reads_from_here()
    asked = question or known.questions[0]
    values |= {"question": asked, "others": [other for other in known.questions if other != asked]}
    return render_template("portal/confirmations/new.html", form=form, next=target, **values)
