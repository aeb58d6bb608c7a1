"""What an outage asks of the worker: tickets that join it, and its answers, ticket by ticket (B-23)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.base import db
from models.network import Outage
from models.outages import OutageReply, gather, gather_ticket
from models.tickets import Ticket

Done = Callable[[], None]


def gather_tickets(payload: dict[str, Any]) -> Done:
    """A ticket that has just begun joins the outage it is about; or an outage looks again for what began beside it."""

    def keep() -> None:
        if "ticket_id" in payload:
            gather_ticket(db.session.get_one(Ticket, payload["ticket_id"]))
        else:
            gather(db.session.get_one(Outage, payload["outage_id"]))

    return keep


def answer_outage(payload: dict[str, Any]) -> Done:
    """Write an answer into one of the tickets of its outage, once."""
    return lambda: db.session.get_one(OutageReply, payload["outage_reply_id"]).deliver()
