"""A ticket: what somebody asked of the provider, from the protocol read out to the end (A-05, C-55, D-22).

The row exists the moment its protocol is read out. Its abilities live in the files beside this one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.contracts import contract_of
from models.history import Event, track
from models.numbers import take
from models.operators.company import zone_by_id
from models.operators.versioned import Versioned
from models.people import Person
from models.people.listed import PRIORITIES, priority_of
from models.refused import Refused
from models.scope import OfCompany, who
from models.services import Service
from models.tickets.answering import Answers
from models.tickets.asking import Asks
from models.tickets.attaching import Attaches
from models.tickets.closing import Closes
from models.tickets.commenting import Comments
from models.tickets.contesting import Contests
from models.tickets.deadline import HasDeadline
from models.tickets.forwarding import Forwards
from models.tickets.holding import IsHeld
from models.tickets.identifying import Identifies
from models.tickets.moving import Moves
from models.tickets.opening import Opens
from models.tickets.rating import IsRated
from models.tickets.running import Runs
from models.tickets.status import GATES, STATUSES
from models.tickets.telling import Tells
from models.workflows import NOTIFY_LEVELS, SLA_TYPES, TOPICS, AttendSettings


class Ticket(
    Opens,
    Identifies,
    HasDeadline,
    IsHeld,
    Comments,
    Attaches,
    Asks,
    Tells,
    Forwards,
    Moves,
    Contests,
    Closes,
    IsRated,
    Answers,
    Runs,
    Versioned,
    OfCompany,
    Base,
):
    """`open_orders` and `gate` are set by the floors above; while either stands the ticket cannot be finished."""

    __tablename__ = "ticket"
    stale = "Este atendimento mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id]
    protocol: Mapped[str] = mapped_column(String(16), unique=True)
    status: Mapped[str] = mapped_column(String(20), default="draft")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))  # its connection, in the words of A-08
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"))
    staged: Mapped[bool] = mapped_column(default=False)  # opened by the form in stages
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the opening forms, before they are saved
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_kind.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("process.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("process_step.id"))
    contact_origin_id: Mapped[int | None] = mapped_column(ForeignKey("contact_origin.id"))
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    opening_classification_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_classification.id"))
    closing_classification_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_classification.id"))
    report: Mapped[str] = mapped_column(String(4000), default="")
    search_text: Mapped[str] = mapped_column(String(300), default="", server_default="")  # how the report begins
    closing_note: Mapped[str] = mapped_column(String(4000), default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))  # where it is
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))  # who answers for it
    held_since: Mapped[datetime | None]
    sla_type: Mapped[str | None] = mapped_column(String(12))
    sla_table_id: Mapped[int | None] = mapped_column(ForeignKey("sla_table.id"))
    started_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    warns_at: Mapped[datetime | None]  # a quarter of the time is left
    paused_at: Mapped[datetime | None]
    pause_reason: Mapped[str] = mapped_column(String(200), default="")
    pauses: Mapped[list[list[str]]] = mapped_column(JSON, default=list)  # those that are over, from and until
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    on_time: Mapped[bool | None]  # kept after closing
    open_orders: Mapped[int] = mapped_column(default=0)
    gate: Mapped[str | None] = mapped_column(String(12))
    contest_id: Mapped[int | None] = mapped_column(ForeignKey("contest.id"), unique=True)  # it was opened for it
    topic: Mapped[str | None] = mapped_column(String(20))  # what its customer chose in the Central; none: by the team
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))  # the request it goes on from
    notify_level: Mapped[str] = mapped_column(String(5), default="none")
    rating_asked: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(
        default=0
    )  # of PRIORITIES, as the group of its customer had it at its beginning
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]  # the draft, when it last kept something

    __table_args__ = (
        CheckConstraint(f"status in {tuple(STATUSES)!r}", name="status"),
        CheckConstraint(f"gate in {tuple(GATES)!r}", name="gate"),
        CheckConstraint("open_orders >= 0", name="open_orders"),
        CheckConstraint("priority between 0 and 2", name="priority"),
        CheckConstraint(f"topic in {tuple(TOPICS)!r}", name="topic"),
        CheckConstraint(f"notify_level in {tuple(NOTIFY_LEVELS)!r}", name="notify_level"),
        CheckConstraint("status <> 'closed' or (open_orders = 0 and gate is null)", name="held_open"),
        CheckConstraint("gate is null or gate <> 'contest' or contest_id is not null", name="contest_gate"),
        CheckConstraint(f"sla_type in {tuple(SLA_TYPES)!r}", name="sla_type"),
        CheckConstraint(
            "status in ('draft', 'closed') or (started_at is not null and due_at is not null and report <> ''"
            " and process_id is not null and step_id is not null and department_id is not null)",
            name="started",
        ),
        CheckConstraint("(status = 'closed') = (closed_at is not null)", name="closed_at"),
        CheckConstraint("paused_at is null or (pause_reason <> '' and status <> 'closed')", name="paused_at"),
        # With the company, so that a list is counted and put in order without reading its tickets.
        Index("ix_ticket_status_due_at_id_company_id", "status", "due_at", "id", "company_id"),
        Index(
            "ix_ticket_assignee_id_status_due_at_id_company_id", "assignee_id", "status", "due_at", "id", "company_id"
        ),
        Index(
            "ix_ticket_department_id_status_due_at_id_company_id",
            "department_id",
            "status",
            "due_at",
            "id",
            "company_id",
        ),
        Index("ix_ticket_closed_at_id", "closed_at", "id"),
    )

    @property
    def label(self) -> str:
        return f"atendimento {self.protocol}"

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"

    @property
    def is_closed(self) -> bool:
        return self.status == "closed"

    @property
    def urgency(self) -> str:
        """'Alta', 'Urgente'; empty for what is as usual (A-29)."""
        return PRIORITIES[self.priority] if self.priority else ""

    @property
    def ended(self) -> str:
        """How a finished one ended, in words: in time, late, or thrown away before it began."""
        if self.on_time is None:
            return "descartado" if self.is_closed else ""
        return "no prazo" if self.on_time else "fora do prazo"

    @property
    def zone(self) -> str:
        return zone_by_id(self.company_id)

    @classmethod
    def open(cls, person: Person, service: Service | None = None) -> Ticket:
        """The draft with its protocol, drawn in this transaction, so that a rollback gives the number back (C-55).

        It belongs to the company of the service, else to that of the person (D-14); without service it goes on in
        stages (D-23). Raises Refused for a service of somebody else.
        """
        if service and service.person_id != person.id:
            raise Refused("Este serviço é de outro cliente. Escolha um dos serviços deste.", field="service_id")
        # Held, for its record may be on the way to another company, and this ticket would stay behind.
        company_id = service.company_id if service else lock(person).company_id
        now = clock.now()
        row = cls(
            company_id=company_id,
            protocol=next_protocol(company_id),
            status="draft",
            person_id=person.id,
            service_id=service.id if service else None,
            contract_id=contract_of(service.id) if service else None,
            created_by_id=who().actor.id if who().actor.kind == "operator" else None,
            created_at=now,
            saved_at=now,
            staged=service is None,
            typed={},
            report="",
            closing_note="",
            pause_reason="",
            pauses=[],
            open_orders=0,
            notify_level=AttendSettings.of(company_id).notify_level,
            rating_asked=False,
            priority=priority_of(person.group_id),
            version=1,
        )
        db.session.add(row)
        db.session.flush()
        row.record("ticket.opened", protocol=row.protocol)
        return row

    def record(self, action: str, **data: Any) -> Event:
        """Track an act on this ticket: an entry of its timeline, and of the customer's history."""
        event = track(action, self, person_id=self.person_id, company_id=self.company_id, **data)
        event.ticket_id = self.id
        return event


def next_protocol(company_id: int) -> str:
    """'202611.483': local year and month, and a number that begins anew with each month (A-05, D-13)."""
    month = f"{clock.today(zone_by_id(company_id)):%Y%m}"
    return f"{month}.{take(f'protocol:{month}')}"
