"""What the pages of outages read: the list, the log, the tickets, the credits (X-08, B-23)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select

from models.base import db
from models.history import Event
from models.keyset import By, Key, Keyset
from models.network import TOUCHED, Outage, Place
from models.network.outage import outages_of
from models.outages import OutageAnswer, OutageCredit, OutageReply, OutageTicket, fitting, still_down
from models.people import Person
from models.pricing.downtime import Span, clocked
from models.services import Service
from models.tickets import OPEN, CustomerSeen, Ticket

PAGE = 25
LOG = 30
NEWEST = Keyset(By(Outage.opened_at, descending=True), By(Outage.id, descending=True))
BY_CREDIT = Keyset(By(OutageCredit.id))
STATES = {"abertas": "Abertas", "encerradas": "Encerradas", "todas": "Todas"}


class OutageRow(NamedTuple):
    outage: Outage
    tickets: int
    proposed: int

    @property
    def lasted(self) -> str:
        """'3 h 30 min' of one that is over."""
        ended = self.outage.closed_at
        return clocked(Span(self.outage.opened_at, ended).minutes) if ended else ""


class TicketRow(NamedTuple):
    """A ticket of an outage; `read`: when its customer saw the last answer, None while they have not."""

    ticket: Ticket
    membership: OutageTicket
    customer: str
    seen_at: datetime | None
    seen_event: int
    last_event: int

    @property
    def has_read(self) -> bool:
        return bool(self.last_event) and self.seen_event >= self.last_event


class Sent(NamedTuple):
    """How far an answer has come."""

    waiting: int
    sent: int
    read: int
    refused: list[tuple[int, str, str]]  # id and protocol of the ticket, and why


class Entry(NamedTuple):
    """A line of the log: an answer, or else an event."""

    at: datetime
    event: Event | None
    answer: OutageAnswer | None
    sent: Sent | None


class Credits(NamedTuple):
    """How many lines and centavos of each state."""

    proposed: int
    proposed_cents: int
    confirmed: int
    confirmed_cents: int
    refused: int

    @property
    def any(self) -> int:
        return self.proposed + self.confirmed + self.refused


class CreditRow(NamedTuple):
    credit: OutageCredit
    customer: str
    plan_name: str


def find(state: str, after: Key | None = None) -> tuple[list[OutageRow], Key | None]:
    """A page of outages, the newest first; one question."""
    tickets = (
        select(func.count())
        .select_from(OutageTicket)
        .where(OutageTicket.outage_id == Outage.id, OutageTicket.state != "out")
    )
    credits = (
        select(func.count())
        .select_from(OutageCredit)
        .where(OutageCredit.outage_id == Outage.id, OutageCredit.status == "proposed")
    )
    rows = select(Outage, tickets.scalar_subquery(), credits.scalar_subquery())
    if state == "abertas":
        rows = rows.where(Outage.closed_at.is_(None))
    elif state == "encerradas":
        rows = rows.where(Outage.closed_at.is_not(None))
    found = [OutageRow._make(row) for row in db.session.execute(NEWEST.page(rows, after, PAGE))]
    return found[:PAGE], (NEWEST.of(found[PAGE - 1].outage) if len(found) > PAGE else None)


def open_for(ticket: Ticket) -> list[Outage]:
    """The open outages that touch the customer of a ticket, by its service if it has one; two questions at most."""
    mine = Service.id == ticket.service_id if ticket.service_id else Service.person_id == ticket.person_id
    return [outage for outage, _ in outages_of(mine, Service.status.in_(TOUCHED))]


def would_join(place: Place, since: datetime, most: int = 8) -> list[Ticket]:
    """The tickets that a new outage would gather, one more than `most` when there are."""
    inside = select(OutageTicket.ticket_id).where(OutageTicket.state == "in")
    return list(db.session.scalars(fitting(place, since).where(Ticket.id.not_in(inside)).limit(most + 1)))


def tickets_of(outage_id: int) -> list[TicketRow]:
    """All that are or were in it, those that are first; of these what is due first on top. One question."""
    last = (
        select(func.max(OutageReply.event_id))
        .join(OutageAnswer, OutageAnswer.id == OutageReply.answer_id)
        .where(OutageReply.ticket_id == Ticket.id, OutageAnswer.outage_id == outage_id)
        .correlate(Ticket)
        .scalar_subquery()
    )
    rows = (
        select(
            Ticket,
            OutageTicket,
            Person.name,
            CustomerSeen.seen_at,
            func.coalesce(CustomerSeen.event_id, 0),
            func.coalesce(last, 0),
        )
        .join(OutageTicket, OutageTicket.ticket_id == Ticket.id)
        .join(Person, Person.id == Ticket.person_id)
        .outerjoin(CustomerSeen, CustomerSeen.ticket_id == Ticket.id)
        .where(OutageTicket.outage_id == outage_id)
        .order_by(case((OutageTicket.state == "out", 1), else_=0), Ticket.due_at, Ticket.id)
    )
    return [TicketRow._make(row) for row in db.session.execute(rows)]


def log_of(outage_id: int) -> list[Entry]:
    """The newest entries, newest first; four questions."""
    events = select(Event).where(Event.subject_type == "outage", Event.subject_id == outage_id)
    answers = select(OutageAnswer).where(OutageAnswer.outage_id == outage_id)
    told = list(db.session.scalars(answers.order_by(OutageAnswer.id.desc()).limit(LOG)))
    sent = _sent([row.id for row in told])
    found = [
        Entry(row.occurred_at, row, None, None)
        for row in db.session.scalars(events.order_by(Event.id.desc()).limit(LOG))
    ]
    found += [Entry(row.created_at, None, row, sent[row.id]) for row in told]
    return sorted(found, key=lambda entry: (entry.at, entry.answer is not None), reverse=True)[:LOG]


def _sent(ids: list[int]) -> dict[int, Sent]:
    seen = func.coalesce(CustomerSeen.event_id, 0) >= func.coalesce(OutageReply.event_id, 0)
    each = select(
        OutageReply.answer_id,
        func.sum(case((OutageReply.state == "waiting", 1), else_=0)),
        func.sum(case((OutageReply.state == "sent", 1), else_=0)),
        func.sum(case(((OutageReply.state == "sent") & seen, 1), else_=0)),
    ).outerjoin(CustomerSeen, CustomerSeen.ticket_id == OutageReply.ticket_id)
    rows = db.session.execute(each.where(OutageReply.answer_id.in_(ids)).group_by(OutageReply.answer_id)).all()
    counts = {id: (int(waiting), int(sent), int(read)) for id, waiting, sent, read in rows}
    why = select(OutageReply.answer_id, Ticket.id, Ticket.protocol, OutageReply.refusal)
    why = why.join(Ticket, Ticket.id == OutageReply.ticket_id).where(OutageReply.refusal != "")
    refused: dict[int, list[tuple[int, str, str]]] = {}
    for id, ticket, protocol, words in db.session.execute(
        why.where(OutageReply.answer_id.in_(ids)).order_by(Ticket.id)
    ):
        refused.setdefault(id, []).append((ticket, protocol, words))
    return {id: Sent(*counts.get(id, (0, 0, 0)), refused.get(id, [])) for id in ids}


class Ending(NamedTuple):
    """What ending would do with the tickets that are in it: finish those that are back, keep the others."""

    back: list[Ticket]
    down: list[Ticket]
    held: list[Ticket]  # by an order that waits, or a gate

    @property
    def many(self) -> int:
        return len(self.back) + len(self.down) + len(self.held)


def ending(outage: Outage) -> Ending:
    """As the end itself decides it; four questions."""
    rows = select(Ticket).join(OutageTicket, OutageTicket.ticket_id == Ticket.id)
    rows = rows.where(OutageTicket.outage_id == outage.id, OutageTicket.state == "in", Ticket.status.in_(OPEN))
    found = list(db.session.scalars(rows.order_by(Ticket.id)))
    off = still_down(outage, [row for row in found if row.service_id])
    held = [row for row in found if row.open_orders or row.gate]
    down = [row for row in found if row.id in off and row not in held]
    return Ending([row for row in found if row not in held and row not in down], down, held)


def credits_of(outage_id: int) -> Credits:
    """One question."""
    each = select(OutageCredit.status, func.count(), func.sum(OutageCredit.amount_cents))
    rows = db.session.execute(each.where(OutageCredit.outage_id == outage_id).group_by(OutageCredit.status))
    found = {state: (int(many), int(cents)) for state, many, cents in rows}
    proposed, confirmed = found.get("proposed", (0, 0)), found.get("confirmed", (0, 0))
    return Credits(*proposed, *confirmed, found.get("refused", (0, 0))[0])


def credit_rows(outage_id: int, state: str, after: Key | None = None) -> tuple[list[CreditRow], Key | None]:
    """A page of the lines of one state; one question."""
    rows = select(OutageCredit, Person.name, Service.plan_name).join(Person, Person.id == OutageCredit.person_id)
    rows = rows.join(Service, Service.id == OutageCredit.service_id)
    rows = rows.where(OutageCredit.outage_id == outage_id, OutageCredit.status == state)
    found = [CreditRow._make(row) for row in db.session.execute(BY_CREDIT.page(rows, after, PAGE))]
    return found[:PAGE], (BY_CREDIT.of(found[PAGE - 1].credit) if len(found) > PAGE else None)
