"""Confirmar que é você: from a session opened by a document alone to level proved."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from models.base import read_only, reads_from_here
from models.entry import Asked, Entered, Known, Outcome, TooOften, Wrong
from portal.entry import Answer, answered, enter, visitor
from portal.throttling import wait
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
    if (asked := request.form.get("question", "")) in known.questions:
        return _after(visitor().ask_for(known.document, asked, known), known, target)
    question = answered() or known.questions[0]
    if answer := form.to(question):
        return _after(visitor().confirm(known, question, answer), known, target)
    return _page(known, form, target, question, has_errors=True), 422


def _after(outcome: Outcome, known: Known, target: str | None) -> ResponseReturnValue:
    """What a try came to: a new session, the page again, or to wait."""
    match outcome:
        case Entered():
            return enter(outcome, safe_next(target), instead_of=me().session_id)
        case TooOften(until):
            return wait(until)
        case Asked(question):
            return _page(known, Answer(formdata=None), target, question)
        case Wrong(question):
            form = Answer()
            form[question].errors = [WRONG]
            return _page(known, form, target, question, has_errors=True), 422


def _known() -> Known:
    with read_only():
        return Known.of(me().id)


def _page(known: Known, form: Answer, target: str | None, question: str = "", **values: object) -> str:
    """Without a question the first is asked. Whoever enters alone is not asked for a code first, so none is due."""
    reads_from_here()
    asked = question or known.questions[0]
    values |= {"question": asked, "others": [other for other in known.questions if other != asked]}
    return render_template("portal/confirmations/new.html", form=form, next=target, **values)
