"""Confirmar que é você: from a session opened by a document alone to level proved."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from models.base import db, read_only, reading
from models.desk import subscriber_entry
from models.desk.subscriber_entry import Known
from portal.entry import Answer, about, enter
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
    target, form = request.form.get("next"), Answer()
    if me().level == "proved":
        return redirect(safe_next(target), 303)
    known = _known()
    answer = form.to(known.question)
    if not answer:
        return _page(known, form, target, has_errors=True), 422
    if late := count(about(known.document)):
        return wait(late)
    if not subscriber_entry.proves(known, known.question, answer):
        form[known.question].errors = [WRONG]
        return _page(known, form, target, has_errors=True), 422
    take_back(about(known.document))
    return enter(known, known.question, safe_next(target), instead_of=me().session_id)


def _known() -> Known:
    with read_only():
        known = subscriber_entry.by_id(me().id)
        db.session.rollback()
    return known


def _page(known: Known, form: Answer, target: str | None, **values: object) -> str:
    reading.set(True)
    return render_template("portal/confirmations/new.html", form=form, question=known.question, next=target, **values)
