"""What a routine or a file left out: tried again by its routine, or marked as seen by a person."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.desk import tasks as questions
from models.outbox import LeftOut
from web.access import staff
from web.forms import Form, text
from web.fragments import done

left_outs = Blueprint("left_outs", __name__)


class Seeing(Form):
    reason = text("Motivo", 200)


@left_outs.get("/tarefas/de-fora/<int:id>/vista")
@staff("outbox.retry")
def edit(id: int) -> ResponseReturnValue:
    return _page(_left(id), Seeing())


@left_outs.post("/tarefas/de-fora/<int:id>/vista")
@staff("outbox.retry")
def update(id: int) -> ResponseReturnValue:
    """Marcar como vista, with a reason."""
    row, form = _left(id), Seeing()
    if form.accepts(lambda: questions.see(row, form.reason.data or "")):
        return done(url_for("staff.tasks.index"), "Marcada como vista")
    return _page(row, form), form.code


@left_outs.post("/tarefas/de-fora/<int:id>/repeticao")
@staff("outbox.retry")
def create(id: int) -> ResponseReturnValue:
    """Repetir agora: its routine runs once more."""
    said = questions.repeat_left_out(_left(id))
    db.session.commit()
    return done(url_for("staff.tasks.index"), said)


@left_outs.post("/tarefas/de-fora/<int:id>/devolver")
@staff("outbox.retry")
def destroy(id: int) -> ResponseReturnValue:
    """Devolver à lista what was marked as seen."""
    questions.reopen(_left(id))
    db.session.commit()
    return done(url_for("staff.tasks.index"), "De volta à lista")


def _left(id: int) -> LeftOut:
    return questions.find_left_out(id) or abort(404)


def _page(row: LeftOut, form: Seeing) -> str:
    return render_template(
        "staff/left_outs/edit.html", row=row, about=questions.about(row), form=form, refusal=row.refusal_to_see()
    )
