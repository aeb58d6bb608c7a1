"""The visits of a stretch of time, and the orders that wait for one, each with its place."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select

from models.agenda.distance import Place
from models.base import Utc, db
from models.people import Address, Person
from models.scope import TODAS, who
from models.services import Service
from models.tickets import Ticket
from models.work_orders import PENDING, FieldGroup, WorkOrder, WorkOrderKind

QUEUED = 15  # orders of the queue that stand on a page


class Visit(NamedTuple):
    """An order on the agenda. Of another company the number is 0, and neither customer nor place is told."""

    id: int
    number: int
    status: str
    version: int
    company_id: int
    technician_id: int | None
    group_id: int | None
    group: str
    starts_at: datetime | None
    ends_at: datetime | None
    closed_at: datetime | None
    kind: str
    minutes: int  # what its type takes
    customer: str
    protocol: str
    due_at: datetime | None  # of its ticket
    created_at: datetime
    place: Place

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING

    @property
    def is_told(self) -> bool:
        """Is it of a company whoever acts works for?"""
        return self.number > 0

    @property
    def label(self) -> str:
        return f"OS {self.number}" if self.number else "outra visita"


def visits_of(begins: datetime, ends: datetime) -> list[Visit]:
    """Every visit that touches a stretch of time, of every company and technician; the earliest first."""
    rows = db.session.execute(_visits(), {"begins": begins, "ends": ends})
    mine = who().company_id
    return [_visit(row, hidden=mine != TODAS and row.company_id not in (TODAS, mine)) for row in rows]


class Waiting(NamedTuple):
    """An order without an hour, and the ticket whose deadline it has."""

    order: Visit
    ticket: Ticket | None


def waiting_orders(group_id: int = 0, most: int = QUEUED) -> tuple[list[Waiting], bool]:
    """Orders without an hour, the shortest deadline first, and whether there are more than `most`."""
    rows = db.session.execute(_waiting(bool(group_id)), {"group_id": group_id, "most": most + 1})
    found = [Waiting(_visit(facts), ticket) for *facts, ticket in rows]
    return found[:most], len(found) > most


def order_as_visit(order_id: int) -> Visit:
    """One order, with its place and its deadline."""
    return _visit(db.session.execute(_rows().where(WorkOrder.id == order_id)).one())


def place_of(person_id: int, service_id: int | None) -> Place:
    """Where an order of a service would go, or else one of the customer."""
    newest = select(func.max(Address.id)).where(Address.person_id == person_id).scalar_subquery()
    mine = select(Service.address_id).where(Service.id == service_id).scalar_subquery()
    rows = select(Address.street, Address.number, Address.district, Address.cep, Address.city)
    row = db.session.execute(rows.where(Address.id == func.coalesce(mine, newest))).first()
    return Place(*(part or "" for part in row)) if row else Place()


@cache
def _waiting(of_group: bool) -> Select[*tuple[Any, ...]]:
    rows = _rows().add_columns(Ticket).where(WorkOrder.status.in_(PENDING), WorkOrder.starts_at.is_(None))
    if of_group:
        rows = rows.where(WorkOrder.group_id == bindparam("group_id"))
    rows = rows.order_by(Ticket.due_at.is_(None), Ticket.due_at, WorkOrder.id)
    return rows.limit(bindparam("most", type_=Integer()))


@cache
def _visits() -> Select[*tuple[Any, ...]]:
    begins, ends = bindparam("begins", type_=Utc()), bindparam("ends", type_=Utc())
    on: list[ColumnElement[bool]] = [WorkOrder.starts_at < ends, WorkOrder.ends_at > begins]
    rows = _rows().where(WorkOrder.technician_id.is_not(None), WorkOrder.status != "cancelled", *on)
    rows = rows.order_by(WorkOrder.starts_at, WorkOrder.id)
    return rows.execution_options(every_company="somebody is at one place at a time, whoever sent them")


def _rows() -> Select[*tuple[Any, ...]]:
    newest = select(func.max(Address.id)).where(Address.person_id == WorkOrder.person_id).correlate(WorkOrder)
    return (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.status,
            WorkOrder.version,
            WorkOrder.company_id,
            WorkOrder.technician_id,
            WorkOrder.group_id,
            FieldGroup.name.label("group"),
            WorkOrder.starts_at,
            WorkOrder.ends_at,
            WorkOrder.closed_at,
            WorkOrderKind.name.label("kind"),
            WorkOrderKind.minutes,
            Person.name.label("customer"),
            Ticket.protocol,
            Ticket.due_at,
            WorkOrder.created_at,
            Address.street,
            Address.number.label("house"),
            Address.district,
            Address.cep,
            Address.city,
        )
        .select_from(WorkOrder)
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .join(Person, Person.id == WorkOrder.person_id)
        .outerjoin(FieldGroup, FieldGroup.id == WorkOrder.group_id)
        .outerjoin(Ticket, Ticket.id == WorkOrder.ticket_id)
        .outerjoin(Service, Service.id == WorkOrder.service_id)
        .outerjoin(Address, Address.id == func.coalesce(Service.address_id, newest.scalar_subquery()))
    )


def _visit(row: Any, hidden: bool = False) -> Visit:
    *facts, street, house, district, cep, city = row
    place = Place(street or "", house or "", district or "", cep or "", city or "")
    one = Visit._make([*facts, place])
    one = one._replace(group=one.group or "", protocol=one.protocol or "")
    if hidden:
        one = one._replace(id=0, number=0, customer="", protocol="", group="", kind="", due_at=None, place=Place())
    return one
