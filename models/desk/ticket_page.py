"""What the pages of one ticket show, in a fixed number of questions."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.contracts import Contract
from models.desk.contact_texts import ticket_text
from models.desk.signs import service_sign, trust_ends
from models.desk.ticket_signs import Clock
from models.files import Attachment
from models.history import Event
from models.operators import Company, Department, Operator
from models.people import Contact, Person, PersonTag, Tag
from models.scope import TODAS
from models.services import Service
from models.tickets import OPEN, PRESENT, Comment, CommentVersion, Rating, Ticket, TicketSeen, TicketStay, Watcher
from models.wording import near
from models.work_orders import WorkOrder, WorkOrderKind
from models.work_orders.status import PENDING
from models.workflows import Process, ProcessStep, SlaTable, SupportMaterial, TicketKind

ENTRIES = 50
SHOWN = {"tudo": "Tudo", "comentarios": "Comentários", "eventos": "Eventos"}
_TICKET: Any = bindparam("ticket")


class TicketHead(NamedTuple):
    """What every page of a ticket begins with."""

    ticket: Ticket
    customer: str
    company: str
    plan: str | None
    plan_status: str | None
    trust_until: datetime | None
    contract: int | None
    kind: str | None
    process: str | None
    step: str | None
    department: str | None
    holder: str | None
    sla_table: str | None
    tag_lines: str | None
    materials: int
    entries: int
    files: int
    rating: Rating | None
    person: Person
    mobile: str | None
    orders: int
    scheduled_orders: int

    @property
    def tags(self) -> list[str]:
        return self.tag_lines.split("\n") if self.tag_lines else []

    @property
    def service(self) -> str | None:
        """'Fibra 500 Mbps, suspenso por débito': what it is about, and whether it works."""
        if not (self.plan and self.plan_status):
            return self.plan
        stands = service_sign(self.plan_status, self.trust_until).text
        return f"{self.plan}, {stands[0].lower()}{stands[1:]}"

    @property
    def clock(self) -> Clock:
        return Clock.of(self.ticket)

    @property
    def text(self) -> str:
        """What WhatsApp carries to the customer: who writes, and the protocol."""
        company = self.company if self.ticket.company_id != TODAS else ""
        return ticket_text(self.person.called, company, self.ticket.protocol)

    @property
    def title(self) -> str:
        return self.ticket.subject or f"Atendimento {self.ticket.protocol}"


class Entry(NamedTuple):
    """An entry of the timeline; a comment stands behind its event."""

    event: Event
    comment: Comment | None


class Stay(NamedTuple):
    """A stay in a subprocess (A-99)."""

    stay: TicketStay
    step: str
    department: str


class Present(NamedTuple):
    name: str
    writes: bool


class OpenOrder(NamedTuple):
    """An open work order of a customer, for the warning at the opening (C-56)."""

    number: int
    kind: str
    status: str
    starts_at: datetime | None
    technician: str | None

    def __str__(self) -> str:
        if self.starts_at is None:
            return f"{self.kind}, ainda sem agenda"
        when = "agendada para" if self.status == "scheduled" else "para"
        return f"{self.kind}, {when} {near(self.starts_at)}, com {self.technician}"


def head(ticket_id: int) -> TicketHead | None:
    """None when there is no such ticket in scope."""
    row = db.session.execute(_head(), {"ticket": ticket_id}).first()
    return TicketHead._make(row) if row else None


@cache
def _head() -> Select[*tuple[Any, ...]]:
    hung = (Attachment.subject_type == "ticket", Attachment.subject_id == Ticket.id, Attachment.deleted_at.is_(None))
    holder = aliased(Operator)
    tags = select(func.aggregate_strings(Tag.name, "\n")).join(PersonTag, PersonTag.tag_id == Tag.id)
    mobile = select(func.max(Contact.value))
    orders = select(func.count()).where(WorkOrder.ticket_id == Ticket.id)
    material = select(func.count()).where(
        SupportMaterial.step_id == Ticket.step_id, SupportMaterial.inactive_since.is_(None)
    )
    return (
        select(
            Ticket,
            Person.name,
            Company.name,
            Service.plan_name,
            Service.status,
            trust_ends(),
            Contract.number,
            TicketKind.name,
            Process.name,
            ProcessStep.name,
            Department.name,
            holder.name,
            SlaTable.name,
            tags.where(PersonTag.person_id == Ticket.person_id).scalar_subquery(),
            material.scalar_subquery(),
            select(func.count()).where(Event.ticket_id == Ticket.id).scalar_subquery(),
            select(func.count()).where(*hung).scalar_subquery(),
            Rating,
            Person,
            mobile.where(Contact.person_id == Ticket.person_id, Contact.kind == "mobile").scalar_subquery(),
            orders.scalar_subquery(),
            orders.where(WorkOrder.status == "scheduled").scalar_subquery(),
        )
        .join(Person, Person.id == Ticket.person_id)
        .join(Company, Company.id == Ticket.company_id)
        .outerjoin(Service, Service.id == Ticket.service_id)
        .outerjoin(Contract, Contract.id == Ticket.contract_id)
        .outerjoin(TicketKind, TicketKind.id == Ticket.kind_id)
        .outerjoin(Process, Process.id == Ticket.process_id)
        .outerjoin(ProcessStep, ProcessStep.id == Ticket.step_id)
        .outerjoin(Department, Department.id == Ticket.department_id)
        .outerjoin(holder, holder.id == Ticket.assignee_id)
        .outerjoin(SlaTable, SlaTable.id == Ticket.sla_table_id)
        .outerjoin(Rating, Rating.ticket_id == Ticket.id)
        .where(Ticket.id == _TICKET)
    )


def timeline(ticket_id: int, shown: str = "tudo", before: int | None = None) -> list[Entry]:
    """The entries, newest on top, older than the event `before`; one more than a page shows (A-43)."""
    rows = _timeline(shown if shown in SHOWN else "tudo", before is not None)
    found = db.session.execute(rows, {"ticket": ticket_id, "before": before})
    return [Entry._make(row) for row in found]


@cache
def _timeline(shown: str, continued: bool) -> Select[*tuple[Any, ...]]:
    rows = _entries(shown)
    if continued:
        rows = rows.where(Event.id < bindparam("before"))
    return rows.order_by(Event.id.desc()).limit(ENTRIES + 1)


def fresh(ticket_id: int, shown: str, since: int) -> int:
    """How many entries came after the event `since`, which was the newest one shown."""
    rows = _fresh(shown if shown in SHOWN else "tudo")
    return db.session.scalar(rows, {"ticket": ticket_id, "since": since}) or 0


@cache
def _fresh(shown: str) -> Select[tuple[int]]:
    return _entries(shown).where(Event.id > bindparam("since")).with_only_columns(func.count())


def _entries(shown: str) -> Select[*tuple[Any, ...]]:
    about = (Event.subject_type == "comment") & (Event.subject_id == Comment.id)
    rows = select(Event, Comment).outerjoin(Comment, about).where(Event.ticket_id == _TICKET)
    if shown != "tudo":
        rows = rows.where(Comment.id.is_not(None) if shown == "comentarios" else Comment.id.is_(None))
    return rows


def seen(ticket_id: int, operator_id: int) -> TicketSeen | None:
    """What this operator has of it: the comment that was not sent, when they last looked."""
    return db.session.get(TicketSeen, (ticket_id, operator_id))


def present(ticket_id: int, but: int) -> list[Present]:
    """Who else has it before them now, the writing ones first."""
    return seen_and_present(ticket_id, but)[1]


def seen_and_present(ticket_id: int, me: int) -> tuple[TicketSeen | None, list[Present]]:
    """Both in one question: what an operator has of it, and who else has it before them now."""
    since = clock.now() - PRESENT
    rows = select(TicketSeen, Operator.name).join(Operator, Operator.id == TicketSeen.operator_id)
    rows = rows.where(TicketSeen.ticket_id == ticket_id, or_(TicketSeen.operator_id == me, TicketSeen.seen_at > since))
    found = db.session.execute(rows.order_by(Operator.name)).all()
    others = [
        Present(name, bool(row.wrote_at and row.wrote_at > since)) for row, name in found if row.operator_id != me
    ]
    mine = next((row for row, _ in found if row.operator_id == me), None)
    return mine, sorted(others, key=lambda one: not one.writes)


def stays(ticket_id: int) -> list[Stay]:
    """Where it was, the first first, each with who brought it in and out (A-99)."""
    rows = select(TicketStay, ProcessStep.name, Department.name)
    rows = rows.join(ProcessStep, ProcessStep.id == TicketStay.step_id)
    rows = rows.join(Department, Department.id == ProcessStep.department_id)
    found = db.session.execute(rows.where(TicketStay.ticket_id == ticket_id).order_by(TicketStay.id))
    return [Stay._make(row) for row in found]


def watchers(ticket_id: int) -> list[Operator]:
    """Who follows it."""
    rows = select(Operator).join(Watcher, Watcher.operator_id == Operator.id)
    return list(db.session.scalars(rows.where(Watcher.ticket_id == ticket_id).order_by(Operator.name)))


def versions(comment_id: int) -> list[CommentVersion]:
    """What a comment said before, the last first (A-118)."""
    rows = select(CommentVersion).where(CommentVersion.comment_id == comment_id)
    return list(db.session.scalars(rows.order_by(CommentVersion.number.desc())))


def materials(step_id: int) -> list[SupportMaterial]:
    """The support material of a subprocess (A-45)."""
    rows = select(SupportMaterial).where(SupportMaterial.step_id == step_id, SupportMaterial.inactive_since.is_(None))
    return list(db.session.scalars(rows.order_by(SupportMaterial.name)))


def open_tickets(ticket: Ticket) -> list[Ticket]:
    """The tickets of the same customer that are under way, the latest three: it may be about the same."""
    rows = select(Ticket).where(Ticket.person_id == ticket.person_id, Ticket.status.in_(OPEN), Ticket.id != ticket.id)
    return list(db.session.scalars(rows.order_by(Ticket.id.desc()).limit(10)))


class PendingOrder(NamedTuple):
    """A work order that keeps a ticket from being finished (A-108)."""

    order: WorkOrder
    kind: str
    technician: str | None


def pending_orders(ticket_id: int) -> list[PendingOrder]:
    """What holds a ticket open, the oldest first."""
    rows = select(WorkOrder, WorkOrderKind.name, Operator.name)
    rows = rows.join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
    rows = rows.outerjoin(Operator, Operator.id == WorkOrder.technician_id)
    rows = rows.where(WorkOrder.ticket_id == ticket_id, WorkOrder.status.in_(PENDING)).order_by(WorkOrder.id)
    return [PendingOrder._make(row) for row in db.session.execute(rows)]


def open_orders(person_id: int) -> list[OpenOrder]:
    """The open work orders of a customer, the next one first (C-56)."""
    rows = select(WorkOrder.number, WorkOrderKind.name, WorkOrder.status, WorkOrder.starts_at, Operator.name)
    rows = rows.join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
    rows = rows.outerjoin(Operator, Operator.id == WorkOrder.technician_id)
    rows = rows.where(WorkOrder.person_id == person_id, WorkOrder.status.in_(PENDING))
    return [
        OpenOrder._make(row)
        for row in db.session.execute(rows.order_by(WorkOrder.starts_at.nulls_last(), WorkOrder.id))
    ]
