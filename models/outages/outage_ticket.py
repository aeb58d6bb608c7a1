"""Which tickets an outage gathers: those of whom it touches, about the internet, begun since it stopped (B-23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, Select, String, UniqueConstraint, or_, select
from sqlalchemy import func as sql
from sqlalchemy import text as literal_text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.network import Outage, Place, touched
from models.network.outage import outages_of
from models.refused import Refused, Stale, require
from models.scope import OfCompany
from models.services import Service
from models.tickets import OPEN, Ticket
from models.workflows import Process, TicketKind

STATES = ("in", "out", "over")  # in it, taken out by somebody, in it when it ended
HOW = ("opening", "itself", "person")
TOPICS = ("no_internet", "slow")  # what an outage may be the cause of
MATTERS = ("corrective", "emergency")  # the same of a ticket whose type has no topic: SLA_TYPES of its process
_IN = literal_text("state = 'in'")
OVER = "A parada foi encerrada enquanto isso. Os atendimentos dela seguem um a um."
MOST_NAMED = 3


class OutageTicket(OfCompany, Base):
    """A ticket in an outage, with the company of the ticket. One that was taken out stays out until it is put back."""

    __tablename__ = "outage_ticket"

    id: Mapped[Id]
    outage_id: Mapped[int] = mapped_column(ForeignKey("outage.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    state: Mapped[str] = mapped_column(String(4), default="in")
    how: Mapped[str] = mapped_column(String(8))
    joined_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("outage_id", "ticket_id"),
        CheckConstraint(f"state in {STATES!r}", name="state"),
        CheckConstraint(f"how in {HOW!r}", name="how"),
        # A ticket is in one open outage at most.
        Index("uq_outage_ticket_in", "ticket_id", unique=True, sqlite_where=_IN, postgresql_where=_IN),
    )

    @classmethod
    def of(cls, outage: Outage, ticket: Ticket) -> OutageTicket | None:
        mine = select(cls).where(cls.outage_id == outage.id, cls.ticket_id == ticket.id)
        return db.session.scalars(mine).first()


def fitting(place: Place, since: datetime) -> Select[Ticket]:
    """The tickets that an outage at a place since then gathers, the oldest first: also those in another one."""
    services = select(Service.id).where(*touched(place))
    persons = select(Service.person_id).where(Service.id.in_(services))
    touches = or_(Ticket.service_id.in_(services), Ticket.service_id.is_(None) & Ticket.person_id.in_(persons))
    rows = select(Ticket).outerjoin(TicketKind, TicketKind.id == Ticket.kind_id)
    rows = rows.join(Process, Process.id == Ticket.process_id)
    begun = Ticket.started_at.between(since, clock.now())
    return rows.where(Ticket.status.in_(OPEN), begun, is_about(), touches).order_by(Ticket.id)


def is_about() -> ColumnElement[bool]:
    """Condition of a Ticket with its kind and process: it speaks of what an outage may be the cause of."""
    topic = sql.coalesce(Ticket.topic, TicketKind.topic)
    return or_(topic.in_(TOPICS), topic.is_(None) & Process.sla_type.in_(MATTERS))


def gather(outage: Outage, how: str = "itself") -> list[Ticket]:
    """Let every fitting ticket join that is in no outage yet and was not taken out of this one; those that joined.

    Holds the outage: whoever ends it meanwhile waits, or this finds it ended and does nothing.
    """
    if not lock(outage).is_open:
        return []
    known = select(OutageTicket.ticket_id).where((OutageTicket.outage_id == outage.id) | (OutageTicket.state == "in"))
    rows = list(db.session.scalars(fitting(outage.where, outage.opened_at).where(Ticket.id.not_in(known))))
    for row in rows:
        _join(outage, row, how)
    if how == "itself":
        for row in rows:
            outage.record("outage.ticket_joined", protocol=row.protocol, ticket=row.id)
    elif rows:
        outage.record("outage.tickets_gathered", tickets=len(rows))
    return rows


def gather_ticket(ticket: Ticket) -> Outage | None:
    """Let a ticket that has just begun join the open outage that touches its customer, if it fits one."""
    mine = Service.id == ticket.service_id if ticket.service_id else Service.person_id == ticket.person_id
    for outage, _ in outages_of(mine):
        if any(row.id == ticket.id for row in gather(outage)):
            return outage
    return None


def refusal_to_take_out(outage: Outage) -> str | None:
    return outage.refusal_to_act() or (None if outage.is_open else OVER)


def take_out(outage: Outage, ticket: Ticket) -> None:
    """Tirar: this ticket is about something else; it does not come back by itself. Raises Refused, Stale."""
    row = _held(outage, ticket)
    if row is None or row.state != "in":
        raise Stale(f"O {ticket.label} já não está nesta parada.")
    row.state = "out"
    outage.record("outage.ticket_taken_out", protocol=ticket.protocol, ticket=ticket.id)


def put_in(outage: Outage, ticket: Ticket) -> None:
    """Pôr: it is about this outage, whatever its subject. Raises Refused, Stale where it is in one already."""
    row = _held(outage, ticket)
    lock(ticket)
    if ticket.status not in OPEN:
        raise Refused(f"O {ticket.label} não está em aberto. Só um em aberto entra na parada.", fix=ticket)
    other = db.session.scalars(
        select(Outage)
        .join(OutageTicket, OutageTicket.outage_id == Outage.id)
        .where(OutageTicket.ticket_id == ticket.id, OutageTicket.state == "in")
    ).first()
    if other is not None:
        raise Stale(f"O {ticket.label} já está na {other.label}. Tire dela antes.", fix=other)
    _join(outage, ticket, "person", row)
    outage.record("outage.ticket_put_in", protocol=ticket.protocol, ticket=ticket.id)


def end_all(outage: Outage, state: str) -> None:
    """The outage is over, and held: who was in it was in it when it ended, or with 'out' never should have been."""
    mine = select(OutageTicket).where(OutageTicket.outage_id == outage.id, OutageTicket.state == "in")
    for row in db.session.scalars(mine):
        row.state = state
    db.session.flush()


def tickets_in(outage: Outage, *which: Any) -> Sequence[Ticket]:
    """The open tickets that are in it, or were when it ended, the oldest first."""
    rows = select(Ticket).join(OutageTicket, OutageTicket.ticket_id == Ticket.id)
    rows = rows.where(OutageTicket.outage_id == outage.id, OutageTicket.state.in_(("in", "over")))
    return db.session.scalars(rows.where(Ticket.status.in_(OPEN), *which).order_by(Ticket.id)).all()


def _held(outage: Outage, ticket: Ticket) -> OutageTicket | None:
    lock(outage)
    require(outage.refusal_to_act())
    if not outage.is_open:
        raise Stale(OVER)
    return OutageTicket.of(outage, ticket)


def _join(outage: Outage, ticket: Ticket, how: str, row: OutageTicket | None = None) -> None:
    if row is None:
        row = OutageTicket(outage_id=outage.id, ticket_id=ticket.id, company_id=ticket.company_id)
        db.session.add(row)
    row.state, row.how, row.joined_at = "in", how, clock.now()
    db.session.flush()
