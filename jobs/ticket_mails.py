"""What the customer of a ticket is mailed: an event their level asks for, or that somebody answered (A-39)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.base import db
from models.history import Event
from models.notices import Notice
from models.operators import Company
from models.people import Person
from models.tickets import CustomerSeen, Ticket, TicketNotice
from web.messages import written

Done = Callable[[], None]


def tell_ticket(payload: dict[str, Any]) -> Done:
    """Write to the customer, if they have an e-mail; who reads the answer in the Central meanwhile gets none."""

    def keep() -> None:
        if "ticket_notice_id" in payload:
            notice = db.session.get_one(TicketNotice, payload["ticket_notice_id"])
            ticket = db.session.get_one(Ticket, notice.ticket_id)
            rating = notice.kind == "end" and ticket.rating_asked
            _write(ticket, f"Seu atendimento {ticket.protocol}", notice.words(ticket.protocol), rating)
        elif not _has_read(payload["ticket_id"], payload["event_id"]):
            ticket = db.session.get_one(Ticket, payload["ticket_id"])
            event = db.session.get(Event, payload["event_id"])
            name = event.actor_name.split()[0] if event else "A equipe"
            _write(ticket, f"Resposta no atendimento {ticket.protocol}", f"{name} respondeu para você.", rating=False)

    return keep


def _write(ticket: Ticket, subject: str, said: str, rating: bool) -> None:
    person, company = db.session.get_one(Person, ticket.person_id), db.session.get_one(Company, ticket.company_id)
    address = person.contacts().get("email", "")
    if address:
        text = written("ticket", person, company, subject=subject, said=said, rating=rating, ticket_id=ticket.id)
        Notice.send_later("ticket", person.id, company.id, address, *text)


def _has_read(ticket_id: int, event_id: int) -> bool:
    seen = db.session.get(CustomerSeen, ticket_id)
    return seen is not None and seen.event_id >= event_id
