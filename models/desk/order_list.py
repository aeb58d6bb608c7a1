"""Painel de O.S.: work orders of everybody, by state, technician, day, type, group, sector, city (C-70, A-121)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    cast,
    false,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.types import String

from models import clock
from models.base import Utc, db
from models.desk.cities import seen_cities
from models.desk.customers import number, words
from models.desk.exports import MOST
from models.desk.signs import Sign, order_sign
from models.keyset import By, Key, Keyset
from models.operators import Company, Department, Operator
from models.people import Address, Person
from models.scope import who
from models.services import Service
from models.tickets import Ticket
from models.wording import hour, near
from models.work_orders import ORDER_STATUSES, PENDING, FieldGroup, WorkOrder, WorkOrderKind

PAGE = 25
WAITING, ANY = "pendentes", "todas"
STATES = {WAITING: "Pendentes", **{key: f"{words}s" for key, words in ORDER_STATUSES.items()}, ANY: "Todas"}
WHEN = {
    "atrasadas": "Atrasadas",
    "hoje": "Hoje",
    "amanha": "Amanhã",
    "semana": "Próximos 7 dias",
    "sem": "Sem agenda",
}
SPANS = {"hoje": (0, 1), "amanha": (1, 1), "semana": (0, 7)}  # the first day from today, and how many
NOBODY = "ninguem"  # in the filter of technicians
SOONEST = Keyset(By(WorkOrder.starts_at, nullable=True), By(WorkOrder.id))
BY_NUMBER = Keyset(By(WorkOrder.id))  # numbers are given one after the other
NEWEST = BY_NUMBER.turned()
ORDERS = {"agenda": SOONEST, "-agenda": SOONEST.turned(), "-numero": NEWEST, "numero": BY_NUMBER}
HEADS = {
    "number": "OS",
    "kind": "Tipo",
    "situation": "Situação",
    "customer": "Cliente",
    "place": "Bairro",
    "city": "Cidade",
    "technician": "Técnico",
    "group": "Grupo de atendimento",
    "starts_at": "Início",
    "ends_at": "Fim",
    "protocol": "Atendimento",
    "created_at": "Aberta em",
    "closed_at": "Encerrada em",
    "description": "Defeito relatado",
}


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list. `when`: a key of WHEN, for who looks; `technician`: a number, or NOBODY."""

    text: str = ""
    state: str = WAITING
    technician: str = ""
    when: str = ""
    kind: int = 0
    group: int = 0
    department: int = 0
    city: str = ""
    sort: str = "agenda"

    def conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.state == WAITING:
            found.append(WorkOrder.status.in_(PENDING))
        elif self.state != ANY:
            found.append(WorkOrder.status == self.state)
        found += self._words()
        if self.technician == NOBODY:
            found.append(WorkOrder.technician_id.is_(None))
        elif self.technician:
            found.append(WorkOrder.technician_id == number(self.technician))
        for column, value in ((WorkOrder.kind_id, self.kind), (WorkOrder.group_id, self.group)):
            if value:
                found.append(column == value)
        if self.department:
            found.append(Operator.department_id == self.department)
        if self.city:
            found.append(Address.city == self.city)
        return found + self._days()

    @property
    def order(self) -> Keyset:
        """As asked; unasked by the hour of the visit, and of those that are over the newest first."""
        return NEWEST if self.is_newest_first else ORDERS[self.sort]

    @property
    def is_newest_first(self) -> bool:
        return self.sort == next(iter(ORDERS)) and self.state not in (WAITING, *PENDING)

    @property
    def asking(self) -> dict[str, datetime]:
        """The moments of the filter, in the day of who looks."""
        first, days = SPANS.get(self.when, (0, 0))
        begins = clock.today() + timedelta(days=first)
        until = clock.at(begins + timedelta(days=days), time())
        return {"now": clock.now(), "begins": clock.at(begins, time()), "until": until}

    def _days(self) -> list[ColumnElement[bool]]:
        if self.when == "sem":
            return [WorkOrder.starts_at.is_(None)]
        if self.when == "atrasadas":
            return [WorkOrder.ends_at < bindparam("now", type_=Utc()), WorkOrder.status.in_(PENDING)]
        if not self.when:
            return []
        begins, until = bindparam("begins", type_=Utc()), bindparam("until", type_=Utc())
        return [WorkOrder.starts_at >= begins, WorkOrder.starts_at < until]

    def _words(self) -> list[ColumnElement[bool]]:
        """A number is that of the order; every other word is in the name of the customer of the orders in question."""
        typed = words(self.text)
        found = []
        for word in typed:
            named = select(1).where(Person.id == WorkOrder.person_id).correlate(WorkOrder)
            named = named.where(Person.search_text.contains(word, autoescape=True))
            found.append(named.exists() if number(word) is None else WorkOrder.number == number(word))
        return found or ([false()] if self.text.strip() else [])


class Row(NamedTuple):
    id: int
    number: int
    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    created_at: datetime
    closed_at: datetime | None
    description: str
    kind: str
    person_id: int
    customer: str
    place: str | None
    city: str | None
    technician: str | None
    group: str | None
    ticket_id: int | None
    protocol: str | None
    zone: str

    @property
    def sign(self) -> Sign:
        return Sign("Atrasada", "bad", "alert-circle") if self.is_late else order_sign(self.status)

    @property
    def is_late(self) -> bool:
        """Its visit is over by the clock, and nobody said what came of it."""
        return self.status in PENDING and self.ends_at is not None and self.ends_at < clock.now()

    @property
    def situation(self) -> str:
        return ORDER_STATUSES[self.status]

    @property
    def visit(self) -> str:
        """'hoje às 14:00, até 15:30'."""
        if self.starts_at is None or self.ends_at is None:
            return ""
        return f"{near(self.starts_at, self.zone)}, até {hour(self.ends_at, self.zone)}"


class Options(NamedTuple):
    """What the filters of the panel offer, by number; cities by name."""

    technicians: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    departments: list[tuple[str, str]]
    cities: list[tuple[str, str]]


def options() -> Options:
    """All of them in one statement; by name."""
    found: list[list[tuple[str, str]]] = [[] for _ in Options._fields]
    for id, name, place in db.session.execute(_options(who().company_id)):
        found[place].append((id, name))
    return Options(*found)


@lru_cache(100)  # which technicians are seen stands in its text
def _options(_company_id: int) -> Select[*tuple[Any, ...]]:
    technicians = (Operator.technician.is_(True), *Operator.seen())
    city = seen_cities().subquery()
    parts: list[Any] = [
        _named(Operator).where(*technicians),
        _named(WorkOrderKind),
        _named(FieldGroup),
        _named(Department),
        select(city.c.city.label("id"), city.c.city.label("name")),
    ]
    found = union_all(*(part.add_columns(literal(at).label("list")) for at, part in enumerate(parts))).subquery()
    return select(found).order_by(found.c.name)


def _named(table: Any) -> Select[*tuple[Any, ...]]:
    """What is in use, by number, which a filter has as text."""
    return select(cast(table.id, String).label("id"), table.name.label("name")).where(table.inactive_since.is_(None))


def find(wanted: Wanted, after: Key | None = None) -> tuple[list[Row], Key | None]:
    """One page, and behind which row the next one begins; one question."""
    found = [Row._make(row) for row in db.session.execute(_listed(wanted, after, PAGE), wanted.asking)]
    more = wanted.order.of(found[PAGE - 1]) if len(found) > PAGE else None
    return found[:PAGE], more


def lines(wanted: Wanted) -> Sequence[Row]:
    """All that are asked for, as far as one file goes."""
    return [Row._make(row) for row in db.session.execute(_listed(wanted, None, MOST), wanted.asking)]


@lru_cache(100)
def _listed(wanted: Wanted, after: Key | None, size: int) -> Select[*tuple[Any, ...]]:
    """Those of the page are picked by the index of their order, and only then joined with their names."""
    order = wanted.order
    picked = order.page(_narrowed(select(WorkOrder.id), wanted), after, size).subquery()
    rows = (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.status,
            WorkOrder.starts_at,
            WorkOrder.ends_at,
            WorkOrder.created_at,
            WorkOrder.closed_at,
            WorkOrder.description,
            WorkOrderKind.name,
            Person.id,
            Person.name,
            Address.district,
            Address.city,
            Operator.name,
            FieldGroup.name,
            Ticket.id,
            Ticket.protocol,
            Company.zone,
        )
        .join(picked, picked.c.id == WorkOrder.id)
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .join(Person, Person.id == WorkOrder.person_id)
        .join(Company, Company.id == WorkOrder.company_id)
        .outerjoin(FieldGroup, FieldGroup.id == WorkOrder.group_id)
        .outerjoin(Operator, Operator.id == WorkOrder.technician_id)
        .outerjoin(Ticket, Ticket.id == WorkOrder.ticket_id)
    )
    return order.page(_at_place(rows), None)


def _narrowed(rows: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """With what the filters read beside the orders, and nothing else."""
    rows = rows.select_from(WorkOrder)
    if wanted.department:
        rows = rows.join(Operator, Operator.id == WorkOrder.technician_id)
    if wanted.city:
        rows = _at_place(rows)
    return rows.where(*wanted.conditions())


def _at_place(rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Where the technician goes: to the address of the service, else to the newest one of the customer."""
    newest = select(func.max(Address.id)).where(Address.person_id == WorkOrder.person_id).correlate(WorkOrder)
    rows = rows.outerjoin(Service, Service.id == WorkOrder.service_id)
    return rows.outerjoin(Address, Address.id == func.coalesce(Service.address_id, newest.scalar_subquery()))
