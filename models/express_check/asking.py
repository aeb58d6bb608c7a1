"""All sources of the express query; one that fails says so in its own place and hurts no other (A-19, A-20)."""

from __future__ import annotations

import logging

from models.base import db
from models.express_check import diagnosis, financial, registration, technical
from models.express_check.finding import KINDS, NO_ANSWER, Finding, Source
from models.scope import inside_company
from models.tickets import Ticket

log = logging.getLogger(__name__)

SOURCES = {
    "express": (
        Source(("outage",), technical.outages),
        Source(("default",), financial.default),
        Source(("orders",), technical.orders),
        Source(("reduction", "block"), technical.access),
        Source(("online", "connection"), technical.accounting),
        Source(("invoices",), financial.invoices),
        Source(("contract",), registration.contract),
        Source(("priority",), registration.priority),
        Source(("email", "telephone", "document"), registration.record),
    ),
    "diagnosis": (
        Source(("status",), diagnosis.status),
        Source(("traffic",), diagnosis.measured),
        Source(("tries",), diagnosis.tries),
        Source(("sessions",), diagnosis.sessions),
        Source(("period",), diagnosis.period),
        Source(("overdue",), diagnosis.overdue),
        Source(("recent_orders",), diagnosis.recent_orders),
    ),
}


def look_up(ticket: Ticket, kind: str = "express") -> list[Finding]:
    """The findings of a ticket's customer as they are now, in the order of KINDS; writes nothing.

    Of the ticket's company alone: it is kept for everybody who reads the ticket, also for who sees no other.
    """
    with inside_company(ticket.company_id):
        found = {row.key: row for source in SOURCES[kind] for row in _answers(source, ticket)}
    return [found[key] for key in KINDS if key in found]


def _answers(source: Source, ticket: Ticket) -> list[Finding]:
    """What a source says. Its own savepoint, for a statement that failed leaves a transaction good for nothing."""
    try:
        with db.session.begin_nested():
            return source.ask(ticket)
    except Exception:  # whatever it was, the other tiles are wanted now
        log.exception("express check of ticket %s: %s did not answer", ticket.id, ", ".join(source.keys))
        return [Finding(key, "silent", NO_ANSWER) for key in source.keys]
