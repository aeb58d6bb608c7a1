"""Second stage: process, classification, comment; Iniciar Atendimento starts the clock (A-34, A-38 to A-41)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import RadioField

from models import clock
from models.base import db
from models.refused import Refused, require
from models.tickets import VISIBILITIES, Ticket
from models.wording import near
from models.workflows import SLA_TYPES, AttendSettings, Process, TicketClassification
from staff.attend.loading import due_words, here, load, page
from staff.attend.notify_levels import level_field
from web.access import staff
from web.forms import Choice, Form, lines
from web.fragments import done

starts = Blueprint("starts", __name__)


class Starting(Form):
    process_id = Choice("Processo")
    opening_classification_id = Choice("Classificação do atendimento")
    visibility = RadioField("Tipo de Comentário", choices=list(VISIBILITIES.items()), validate_choice=False)
    notify_level = level_field()
    body = lines("Comentário", 4000)


@starts.get("/atendimentos/<int:id>/inicio")
@staff("tickets.attend")
def edit(id: int) -> ResponseReturnValue:
    ticket = load(id)
    if ticket.refusal_to_stages():
        return done(here(ticket))
    require(ticket.refusal_to_start(), fix=ticket)
    proposed = AttendSettings.of(ticket.company_id).opening_classification_id
    form = Starting(
        data={"opening_classification_id": proposed, "visibility": "internal", "notify_level": ticket.notify_level}
    )
    return _page(ticket, form.edits(ticket))


@starts.post("/atendimentos/<int:id>/inicio")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Starting()
    form.edits(ticket)
    if "redesenhar" in request.form:
        return _page(ticket, form)
    process = _row(Process, form.process_id.data)
    chosen = _row(TicketClassification, form.opening_classification_id.data)
    said = (form.body.data or "", form.visibility.data or "")
    if form.accepts(lambda: ticket.start(process, chosen, *said, form.seen, form.notify_level.data)):
        return done(here(ticket), f"{ticket.protocol} iniciado, com você. Vence {due_words(ticket)}")
    return _page(ticket, form), form.code


def _row(kind: Any, id: Any) -> Any:
    return db.session.scalars(select(kind).where(kind.id == id)).first() if isinstance(id, int) else None


def _page(ticket: Ticket, form: Starting) -> str:
    form.process_id.offer([(row.id, row.name) for row in Process.offered(ticket.company_id)])
    opening = [row for row in TicketClassification.offered(ticket.company_id) if not row.closing]
    form.opening_classification_id.offer([(row.id, row.name) for row in opening])
    return page("staff/starts/edit.html", ticket, form=form, would=_would(ticket, _row(Process, form.process_id.data)))


def _would(ticket: Ticket, process: Process | None) -> dict[str, Any] | None:
    """When it would be due if it began now, and why; None before a process is chosen, or without a table."""
    if process is None:
        return None
    try:
        term = ticket.term(process.sla_type, clock.now())
    except Refused:
        return None
    step = process.first_step()
    return {
        "due": near(term.due_at, ticket.zone),
        "type": SLA_TYPES[process.sla_type],
        "process": process.name,
        "table": term.table.name if term.table else "",
        "hours": f"{term.minutes // 60} h" + (f" {term.minutes % 60:02}" if term.minutes % 60 else ""),
        "profile": term.hours.name if term.hours else "24 horas por dia",
        "step": step.name if step else "",
        "department": step.department.name if step else "",
    }
