"""Tarefas paradas: what the worker gave up or left out, the routines that fail, and the order to try them again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.desk import tasks as questions
from models.desk.tasks import LeftRow
from models.outbox import TASKS, Effect, troubled
from models.worklist import counts
from web.access import staff
from web.doors import me
from web.fragments import done
from web.logs import masked

tasks = Blueprint("tasks", __name__)
ROWS = {
    "service_id": "Serviço",
    "document_id": "Documento",
    "notice_id": "Aviso",
    "person_id": "Cliente",
    "charge_id": "Cobrança Pix",
    "receipt_id": "Pix recebido",
    "file_id": "Arquivo do banco",
}
# The page that mends what was left out, by the kind of row it names, and what it takes to go there.
FIXES = {
    "service": ("staff.services.show", "people.read", "Abrir o serviço"),
    "invoice": ("staff.invoices.show", "billing.read", "Abrir a fatura"),
    "person": ("staff.customers.show", "people.read", "Abrir o cadastro"),
    "bank_file": ("staff.bank_files.show", "billing.files", "Abrir o arquivo"),
    "sale": ("staff.sales.show", "sales.sell", "Abrir o rascunho"),
    "pix_receipt": ("staff.pix_receipts.edit", "billing.files", "Abrir o Pix"),
}
SHORT = 120  # characters of an error; the log has all of it


@tasks.get("/tarefas")
@staff("outbox.retry")
def index() -> ResponseReturnValue:
    rows = [
        {"effect": row, "name": TASKS[row.kind], "about": _about(row), "error": masked(row.last_error or "")[:SHORT]}
        for row in questions.stopped()
    ]
    dead, left = counts.stopped_count()
    return render_template(
        "staff/tasks/index.html",
        rows=rows,
        count=dead,
        left=[(row, _fix(row)) for row in questions.left_out()],
        left_count=left,
        seen=questions.left_out("seen", 20),
        routines=troubled(),
    )


@tasks.post("/tarefas/<int:id>/repeticao")
@staff("outbox.retry")
def create(id: int) -> ResponseReturnValue:
    """Mandar repetir: in the queue again, with all its tries."""
    questions.retry(questions.find_effect(id) or abort(404))
    db.session.commit()
    return done(url_for("staff.tasks.index"), "A tarefa voltou para a fila")


def _fix(left: LeftRow) -> tuple[str, str] | None:
    """Address and words of the page that mends it, for whoever may go there."""
    endpoint, permission, words = FIXES.get(left.row.fix_kind, ("", "", ""))
    return (url_for(endpoint, id=left.row.fix_id), words) if left.mends and me().may(permission) else None


def _about(effect: Effect) -> str:
    """Its row, by number: names do not belong here."""
    payload: dict[str, Any] = effect.payload if isinstance(effect.payload, dict) else {}
    return next((f"{ROWS[key]} nº {id}" for key, id in payload.items() if key in ROWS), "")
