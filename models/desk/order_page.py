"""One work order as a page: who, where, when, what was found and done, with what, and what happened to it (A-85)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.desk.signs import Sign, Stop, order_sign
from models.files import Shown, shown
from models.history import Event
from models.operators import Operator
from models.outbox import Effect
from models.people import Address, Person
from models.people.contact import Contact
from models.services import STATUSES, Service
from models.tickets import Ticket
from models.wording import hour, near, phone, weekday
from models.work_orders import (
    PENDING,
    Defect,
    FieldGroup,
    PrintProfile,
    StepLine,
    Where,
    WorkOrder,
    WorkOrderKind,
    WorkOrderMaterial,
    steps_of,
    where_now,
)

MOST_EVENTS = 100


class Facts(NamedTuple):
    """What stands beside an order, by name."""

    kind: WorkOrderKind
    person: Person
    service: Service | None
    address: Address | None
    group: str | None
    defect: str | None
    technician: str | None
    opened_by: str | None
    closed_by: str | None
    ticket: Ticket | None
    profile: PrintProfile | None


class Visit(NamedTuple):
    """A visit of a technician's day; of another company `number` is 0 and nothing else is told."""

    id: int
    number: int
    customer: str
    status: str
    starts_at: datetime
    ends_at: datetime

    @property
    def is_over(self) -> bool:
        return self.status == "closed"


@dataclass
class OrderPage:
    order: WorkOrder
    facts: Facts
    materials: list[WorkOrderMaterial]
    photos: list[Shown]
    events: list[Event]
    phones: list[str]
    task: str  # of the service it enables: the state of the effect, or nothing
    steps: list[StepLine]  # told from the field
    where: Where | None  # its technician, with it

    @property
    def sign(self) -> Sign:
        if self.order.status in PENDING and self.order.ends_at and self.order.ends_at < clock.now():
            return Sign("Atrasada", "bad", "alert-circle")
        return order_sign(self.order.status)

    @property
    def when(self) -> str:
        """'terça-feira, 24/11/2026, 14:00 às 15:30'."""
        order = self.order
        if order.starts_at is None or order.ends_at is None:
            return ""
        local = clock.local(order.starts_at, order.zone)
        return f"{weekday(local.date())}, {local:%H:%M} às {hour(order.ends_at, order.zone)}"

    @property
    def enabling(self) -> tuple[str, str] | None:
        """What becomes of the service that waits for this end: tone and words (D-19)."""
        service, order = self.facts.service, self.order
        if order.status != "closed" or service is None:
            return None
        if not self.facts.kind.installation:
            waits = f"{service.plan_name} ainda aguarda instalação, e {self.facts.kind.name} não o habilita."
            return ("warn", f"{waits} Use Habilitar no serviço.") if service.awaits_installation else None
        if service.awaits_installation and self.task == "ready":
            return "neu", f"Habilitando {service.plan_name}… Recarregue a página em instantes."
        if service.awaits_installation:
            return "warn", f"{service.plan_name} ainda aguarda instalação. Use Habilitar no serviço."
        if service.status == "cancelled":
            return "warn", f"{service.plan_name} foi cancelado, então nada foi habilitado."
        if service.status == "active" and service.activated_on:
            return "ok", f"{service.plan_name} está habilitado desde {service.activated_on:%d/%m/%Y}."
        return "neu", f"{service.plan_name} hoje: {STATUSES[service.status].lower()}."

    def refusal_to_print(self) -> str | None:
        """Why there is no PDF of it (A-86)."""
        return None if self.facts.profile else f"Falta o perfil de OS do tipo {self.facts.kind.name}."

    @property
    def fio(self) -> list[Stop]:
        """Aberta, Agendada, Encerrada: what happened, and when."""
        order, facts, zone = self.order, self.facts, self.order.zone
        by = f", {facts.opened_by}" if facts.opened_by else ""
        stops = [Stop("Aberta", f"{near(order.created_at, zone)}{by}", "done")]
        if order.starts_at:
            state = "current" if order.status == "scheduled" else "done"
            stops.append(Stop("Agendada", near(order.starts_at, zone), state if order.status != "open" else "next"))
        elif order.status == "open":
            stops.append(Stop("Agendada", "ainda sem agenda", "next"))
        if order.status == "cancelled":
            return [*stops, Stop("Cancelada", self._moment_of("work_order.cancelled"), "stopped")]
        ended = near(order.closed_at, zone) if order.closed_at else "ainda não"
        return [*stops, Stop("Encerrada", ended, "done" if order.status == "closed" else "next")]

    def _moment_of(self, action: str) -> str:
        found = next((event for event in self.events if event.action == action), None)
        return near(found.occurred_at, self.order.zone) if found else ""


def order_page(order: WorkOrder) -> OrderPage:
    """Everything of one order; eight questions."""
    facts = Facts._make(db.session.execute(_facts(), {"id": order.id}).one())
    mine = (Event.subject_type == "work_order", Event.subject_id == order.id)
    events = select(Event).where(*mine).order_by(Event.id.desc()).limit(MOST_EVENTS)
    phones = select(Contact.value).where(Contact.person_id == order.person_id, Contact.kind.in_(("mobile", "phone")))
    task = select(Effect.state).where(Effect.kind == "order_closed", Effect.key == _key(order))
    return OrderPage(
        order,
        facts,
        order.materials(),
        shown(order),
        list(db.session.scalars(events)),
        [phone(value) for value in db.session.scalars(phones.order_by(Contact.kind)) if value],
        db.session.scalar(task) or "" if facts.kind.installation else "",
        steps_of(order.id),
        None if order.has_ended else where_now([order.id]).get(order.id),
    )


def _key(order: WorkOrder) -> str:
    return f"order_closed:{order.id}:{order.version}"


@cache
def _facts() -> Select[*tuple[Any, ...]]:
    opener, closer = aliased(Operator), aliased(Operator)
    newest = select(func.max(Address.id)).where(Address.person_id == WorkOrder.person_id).correlate(WorkOrder)
    profile = (PrintProfile.work_order_kind_id == WorkOrder.kind_id) & PrintProfile.inactive_since.is_(None)
    return (
        select(
            WorkOrderKind,
            Person,
            Service,
            Address,
            FieldGroup.name,
            Defect.name,
            Operator.name,
            opener.name,
            closer.name,
            Ticket,
            PrintProfile,
        )
        .select_from(WorkOrder)
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .join(Person, Person.id == WorkOrder.person_id)
        .outerjoin(Service, Service.id == WorkOrder.service_id)
        .outerjoin(Address, Address.id == func.coalesce(Service.address_id, newest.scalar_subquery()))
        .outerjoin(FieldGroup, FieldGroup.id == WorkOrder.group_id)
        .outerjoin(Defect, Defect.id == WorkOrder.defect_id)
        .outerjoin(Operator, Operator.id == WorkOrder.technician_id)
        .outerjoin(opener, opener.id == WorkOrder.created_by_id)
        .outerjoin(closer, closer.id == WorkOrder.closed_by_id)
        .outerjoin(Ticket, Ticket.id == WorkOrder.ticket_id)
        .outerjoin(PrintProfile, profile)
        .where(WorkOrder.id == bindparam("id"))
    )


def day_of(technician_id: int, on: date, zone: str, company_id: int) -> list[Visit]:
    """The visits of a technician on a day, also of the night before, earliest first; of other companies the hours."""
    begins, ends = clock.at(on, time(), zone), clock.at(on + timedelta(days=1), time(), zone)
    rows = select(
        WorkOrder.id, WorkOrder.number, Person.name, WorkOrder.status, WorkOrder.starts_at, WorkOrder.ends_at
    ).add_columns(WorkOrder.company_id)
    rows = rows.join(Person, Person.id == WorkOrder.person_id)
    rows = rows.where(WorkOrder.technician_id == technician_id, WorkOrder.status != "cancelled")
    rows = rows.where(WorkOrder.starts_at < ends, WorkOrder.ends_at > begins)
    rows = rows.order_by(WorkOrder.starts_at, WorkOrder.id)
    rows = rows.execution_options(every_company="somebody is at one place at a time, whoever sent them")
    found = []
    for *visit, of in db.session.execute(rows):
        one = Visit._make(visit)
        found.append(one if of in (0, company_id) or not company_id else one._replace(id=0, number=0, customer=""))
    return found
