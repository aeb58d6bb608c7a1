"""Tarefas paradas: what the worker gave up, and the order to try it again."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.desk import home
from models.desk import tasks as questions
from models.outbox import TASKS, Effect
from web.access import staff
from web.fragments import done
from web.logs import masked

tasks = Blueprint("tasks", __name__)
ROWS = {
    "service_id": "Serviço",
    "document_id": "Documento",
    "notice_id": "Aviso",
    "charge_id": "Cobrança Pix",
    "receipt_id": "Pix recebido",
    "file_id": "Arquivo do banco",
}
SHORT = 120  # characters of an error; the log has all of it


@tasks.get("/tarefas")
@staff("outbox.retry")
def index() -> ResponseReturnValue:
    rows = [
        {"effect": row, "name": TASKS[row.kind], "about": _about(row), "error": masked(row.last_error or "")[:SHORT]}
        for row in questions.stopped()
    ]
    return render_template("staff/tasks/index.html", rows=rows, count=home.dead_effects())


@tasks.post("/tarefas/<int:id>/repeticao")
@staff("outbox.retry")
def create(id: int) -> ResponseReturnValue:
    """Mandar repetir: in the queue again, with all its tries."""
    questions.retry(db.session.get(Effect, id) or abort(404))
    db.session.commit()
    return done(url_for("staff.tasks.index"), "A tarefa voltou para a fila")


def _about(effect: Effect) -> str:
    """Its row, by number: names do not belong here."""
    return next((f"{ROWS[key]} nº {id}" for key, id in effect.payload.items() if key in ROWS), "")
