"""Finalizar: a closing classification, a last comment if somebody likes (A-105 to A-107)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField

from models.base import db
from models.desk import ticket_page
from models.refused import require
from models.tickets import VISIBILITIES, Ticket, forget_draft
from models.workflows import AttendSettings, TicketClassification
from staff.attend.inside import look_from
from staff.attend.loading import here, load, page
from web.access import staff
from web.doors import me
from web.forms import Choice, Form, lines
from web.fragments import done

closings = Blueprint("ticket_closings", __name__)


class Closing(Form):
    classification_id = Choice("Classificação de encerramento")
    visibility = RadioField("Tipo de Comentário", choices=list(VISIBILITIES.items()), validate_choice=False)
    body = lines("Comentário", 4000)
    ask_rating = BooleanField("Pedir avaliação ao cliente")


@closings.get("/atendimentos/<int:id>/finalizacao")
@staff("tickets.attend")
def new(id: int) -> ResponseReturnValue:
    ticket = load(id)
    if ticket.open_orders and not ticket.refusal_to_act():
        return _page(ticket, Closing().edits(ticket)), 422  # with the orders, and what removes each
    require(ticket.refusal_to_close(), fix=ticket)
    proposed = AttendSettings.of(ticket.company_id).closing_classification_id
    kept = ticket_page.seen(id, me().id)  # a comment begun and not sent is seen before it ends
    said = {"body": kept.draft, "visibility": kept.visibility} if kept and kept.draft else {"visibility": "internal"}
    asked = ticket.topic is not None  # whoever asked in the Central looks there again
    return _page(ticket, Closing(data={"classification_id": proposed, "ask_rating": asked, **said}).edits(ticket))


@closings.post("/atendimentos/<int:id>/finalizacao")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Closing()

    def act() -> None:
        id = form.classification_id.data
        row = db.session.get(TicketClassification, id) if isinstance(id, int) else None
        ticket.close(row, form.seen, form.body.data or "", form.visibility.data or "", form.ask_rating.data)
        forget_draft(ticket.id, me().id, form.body.data or "")

    if form.edits(ticket).accepts(act):
        return done(here(ticket), f"{ticket.protocol} finalizado")
    return _page(ticket, form), form.code


def _page(ticket: Ticket, form: Closing) -> str:
    rows = [row for row in TicketClassification.offered(ticket.company_id) if row.closing]
    form.classification_id.offer([(row.id, row.name) for row in rows])
    pending = ticket_page.pending_orders(ticket.id)
    look_from(ticket)  # what removes an order leads back to the ticket
    return page("staff/ticket_closings/new.html", ticket, form=form, pending=pending)
