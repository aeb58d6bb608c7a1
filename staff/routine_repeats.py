"""A routine that failed, or that nobody ran for too long, runs once more."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.desk import tasks as questions
from models.outbox import ROUTINES
from web.access import staff
from web.fragments import done

routine_repeats = Blueprint("routine_repeats", __name__)


@routine_repeats.post(f"/tarefas/rotinas/<any({', '.join(ROUTINES)}):name>/repeticao")
@staff("outbox.retry")
def create(name: str) -> ResponseReturnValue:
    """Repetir agora: a routine that failed or is late runs once more."""
    said = questions.repeat(name)
    db.session.commit()
    return done(url_for("staff.tasks.index"), said)
