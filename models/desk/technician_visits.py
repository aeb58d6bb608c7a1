"""The visits of one technician, as the phone shows them: a day, a week, those a search finds, one of them (A-122)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from models import clock
from models.base import db
from models.desk.customers import number, words
from models.desk.signs import Sign, Stop, order_sign
from models.operators import Department, Operator
from models.people import Address, Person
from models.people.contact import Contact
from models.scope import TODAS, who
from models.services import Service
from models.tickets import Comment
from models.wording import counted, hour, near
from models.work_orders import (
    PENDING,
    Where,
    WorkOrder,
    WorkOrderKind,
    where_now,
)

WEEK = 7
MOST = 100  # of one day or week; of late ones
FOUND = 25
NOTES = 3


class Row(NamedTuple):
    id: int
    number: int
    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    closed_at: datetime | None
    kind: str
    customer: str
    street: str
    house: str
    complement: str
    district: str
    city: str
    phone: str
    company_id: int


@dataclass(frozen=True)
class Visit:
    """A visit in a list. Of another company nothing but its hours is told: `row.id` is 0."""

    row: Row
    where: Where | None
    overlap: int  # minutes of the visit before it that fall into this one

    @property
    def is_over(self) -> bool:
        return self.row.status not in PENDING

    @property
    def at(self) -> str:
        at = self.row.starts_at or self.row.closed_at
        return hour(at) if at else "sem hora"

    @property
    def label(self) -> str:
        return f"OS {self.row.number}, {self.row.kind}"

    @property
    def place(self) -> str:
        """'Rua dos Ipês, 1402, ap. 302, Jardim Alvorada'; empty without an address."""
        row = self.row
        return ", ".join(part for part in (row.street, row.house, row.complement, row.district) if part)

    @property
    def for_map(self) -> str:
        return ", ".join(part for part in (self.row.street, self.row.house, self.row.district, self.row.city) if part)

    @property
    def is_late(self) -> bool:
        return not self.is_over and self.row.ends_at is not None and self.row.ends_at < clock.now()

    @property
    def sign(self) -> Sign:
        """What matters of it: where its technician is, that it is late, or its status."""
        if self.row.status == "closed" and self.row.closed_at:
            return Sign(f"concluída {_when(self.row.closed_at)}", "ok")
        if self.is_over:
            return order_sign(self.row.status)
        if self.where:
            return Sign(self.where.short, "warn", "map-pin" if self.where.is_there else "route")
        if self.is_late:
            return Sign("Atrasada", "bad", "alert-circle")
        return order_sign(self.row.status)


@dataclass(frozen=True)
class Day:
    """A day of a technician. `late`: not ended, of the days before; `loose`: given to them, without day or hour."""

    on: date
    visits: Sequence[Visit]
    late: Sequence[Visit]
    loose: Sequence[Visit]

    @property
    def title(self) -> str:
        mine = len(self.visits)
        return f"{counted(mine, 'visita')} hoje" if mine else "Nenhuma visita hoje"

    @property
    def said(self) -> str:
        """'1 feita, 1 no local, 1 para fazer'."""
        done = sum(one.row.status == "closed" for one in self.visits)
        there = sum(bool(one.where and one.where.is_there and not one.is_over) for one in self.visits)
        going = sum(bool(one.where and not one.where.is_there and not one.is_over) for one in self.visits)
        waiting = sum(not one.is_over and one.where is None for one in self.visits)
        parts = [
            counted(done, "feita") if done else "",
            f"{there} no local" if there else "",
            f"{going} a caminho" if going else "",
            f"{waiting} para fazer" if waiting else "",
        ]
        return ", ".join(part for part in parts if part)

    @property
    def first(self) -> Visit | None:
        """Where the technician is or goes; else what comes next, of today or left from before."""
        open_ones = [one for one in (*self.visits, *self.late, *self.loose) if not one.is_over and one.row.id]
        under_way = sorted((one for one in open_ones if one.where), key=lambda one: one.where.at, reverse=True)  # type: ignore[union-attr]
        return next(iter(under_way or open_ones), None)


def today_of(technician_id: int) -> Day:
    """Today of a technician, in the zone of whoever looks; two questions."""
    on = clock.today()
    begins, ends = clock.at(on, time()), clock.at(on + timedelta(days=1), time())
    today = and_(WorkOrder.starts_at >= begins, WorkOrder.starts_at < ends, WorkOrder.status != "cancelled")
    ended = and_(WorkOrder.closed_at >= begins, WorkOrder.closed_at < ends)
    left = and_(WorkOrder.status.in_(PENDING), or_(WorkOrder.starts_at < begins, WorkOrder.starts_at.is_(None)))
    found = _visits(technician_id, or_(today, ended, left))
    mine = [one for one in found if _is_on(one.row, begins, ends)]
    rest = [one for one in found if one not in mine and one.row.id]
    late = [one for one in rest if one.row.starts_at]
    return Day(on, mine, late, [one for one in rest if not one.row.starts_at])


def week_of(technician_id: int) -> list[tuple[date, list[Visit]]]:
    """The days from today that have visits, a week long; two questions."""
    on = clock.today()
    begins, ends = clock.at(on, time()), clock.at(on + timedelta(days=WEEK), time())
    wanted = and_(WorkOrder.starts_at >= begins, WorkOrder.starts_at < ends, WorkOrder.status != "cancelled")
    days: dict[date, list[Visit]] = {}
    for one in _visits(technician_id, wanted):
        if one.row.starts_at:
            days.setdefault(clock.local(one.row.starts_at).date(), []).append(one)
    return sorted(days.items())


def search(technician_id: int, text: str) -> list[Visit]:
    """Orders of a technician by their number or by words of the customer's name, the newest first; two questions."""
    typed = words(text)
    if not typed:
        return []
    wanted: list[ColumnElement[bool]] = [
        WorkOrder.number == found
        if (found := number(word)) is not None
        else Person.search_text.contains(word, autoescape=True)
        for word in typed
    ]
    rows = _rows(technician_id).where(*wanted).order_by(WorkOrder.id.desc()).limit(FOUND)
    return _told(db.session.execute(rows))


@dataclass(frozen=True)
class VisitPage:
    """One visit: the row of the lists, and what stands on its page."""

    visit: Visit
    order: WorkOrder
    notes: Sequence[tuple[Comment, str]]  # what the team wrote for itself in the ticket, with the sector of who wrote
    arrived_at: datetime | None
    left_at: datetime | None  # on the way since

    @property
    def fio(self) -> list[Stop]:
        """A caminho, No local, Encerrar: with their hours (tech-visit)."""
        order, where = self.order, self.visit.where
        over, there = order.has_ended, bool(where and where.is_there)
        on_way = bool(where and not where.is_there)
        left = hour(self.left_at) if self.left_at else ""
        came = hour(self.arrived_at) if self.arrived_at else ""
        stops = [
            Stop("A caminho", left, "ok" if there or over else "current" if on_way else "next", there or over),
            Stop(
                "No local",
                came if over else f"desde {came}" if there else "",
                "ok" if over else "current" if there else "next",
                over,
            ),
        ]
        if order.status == "cancelled":
            return [*stops, Stop("Cancelada", "", "stopped")]
        if order.closed_at:
            return [*stops, Stop("Encerrada", _when(order.closed_at), "ok")]
        until = f"até {_when(order.ends_at)}" if order.ends_at else ""
        return [*stops, Stop("Encerrar", until, "next")]


def visit_page(order: WorkOrder, steps: Sequence[Any], reads_tickets: bool) -> VisitPage:
    """Everything of one visit but its steps, which the page asks for itself; four questions at most.

    The notes are the newest the team wrote for itself in the order's ticket, of whoever may read tickets.
    """
    visit = _told(db.session.execute(_rows(order.technician_id or 0).where(WorkOrder.id == order.id)))[0]
    notes: list[tuple[Comment, str]] = []
    if order.ticket_id and reads_tickets:
        rows = select(Comment, func.coalesce(Department.name, ""))
        rows = rows.outerjoin(Operator, (Operator.id == Comment.author_id) & (Comment.author_kind == "operator"))
        rows = rows.outerjoin(Department, Department.id == Operator.department_id)
        rows = rows.where(Comment.ticket_id == order.ticket_id, Comment.visibility == "internal")
        notes = [(row, name) for row, name in db.session.execute(rows.order_by(Comment.id.desc()).limit(NOTES))]
    last = {one.step.kind: one.step.stands_at for one in steps}
    return VisitPage(visit, order, notes, last.get("arrived"), last.get("on_the_way"))


def _is_on(row: Row, begins: datetime, ends: datetime) -> bool:
    """Of this day: its visit begins on it, or the work of an earlier one was finished on it."""
    begun = row.starts_at is not None and begins <= row.starts_at < ends
    return begun or (row.closed_at is not None and begins <= row.closed_at < ends)


def _visits(technician_id: int, wanted: ColumnElement[bool]) -> list[Visit]:
    rows = _rows(technician_id).where(wanted).order_by(WorkOrder.starts_at, WorkOrder.id).limit(MOST)
    rows = rows.execution_options(every_company="somebody is at one place at a time, whoever sent them")
    return _told(db.session.execute(rows))


def _told(rows: Any) -> list[Visit]:
    found = [_of_ours(Row._make(row)) for row in rows]
    where = where_now(row.id for row in found if row.id and row.status in PENDING)
    told: list[Visit] = []
    until: datetime | None = None
    for row in found:
        overlap = 0
        if row.status in PENDING and row.starts_at and row.ends_at:
            if until and row.starts_at < until:
                overlap = int((min(until, row.ends_at) - row.starts_at).total_seconds() // 60)
            until = max(until, row.ends_at) if until else row.ends_at
        told.append(Visit(row, where.get(row.id), overlap))
    return told


def _of_ours(row: Row) -> Row:
    """Of another company only the hours are told."""
    mine = who().company_id
    if mine == TODAS or row.company_id in (TODAS, mine):
        return row
    hours = row.status, row.starts_at, row.ends_at, row.closed_at
    return Row(0, 0, *hours, "", "Visita de outra empresa", "", "", "", "", "", "", row.company_id)


def _rows(technician_id: int) -> Select[*tuple[Any, ...]]:
    newest = select(func.max(Address.id)).where(Address.person_id == WorkOrder.person_id).correlate(WorkOrder)
    phone = select(func.max(Contact.value)).where(Contact.person_id == WorkOrder.person_id).correlate(WorkOrder)

    def of(column: Any) -> Any:
        return func.coalesce(column, "")

    mobile, fixed = (phone.where(Contact.kind == kind).scalar_subquery() for kind in ("mobile", "phone"))
    return (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.status,
            WorkOrder.starts_at,
            WorkOrder.ends_at,
            WorkOrder.closed_at,
            WorkOrderKind.name,
            Person.name,
            of(Address.street),
            of(Address.number),
            of(Address.complement),
            of(Address.district),
            of(Address.city),
            func.coalesce(mobile, fixed, ""),
            WorkOrder.company_id,
        )
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .join(Person, Person.id == WorkOrder.person_id)
        .outerjoin(Service, Service.id == WorkOrder.service_id)
        .outerjoin(Address, Address.id == func.coalesce(Service.address_id, newest.scalar_subquery()))
        .where(WorkOrder.technician_id == technician_id if technician_id else false())
    )


def _when(at: datetime) -> str:
    """The hour of today, else the day with it."""
    return hour(at) if clock.local(at).date() == clock.today() else near(at)
