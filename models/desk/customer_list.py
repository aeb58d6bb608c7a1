"""Clientes: what the list is filtered by, who is late with what, how many they are, what the filters offer (B-09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, Subquery, cast, func, literal, select, union_all

from models.banking import business_day
from models.base import db
from models.billing import Invoice
from models.catalog import Plan
from models.desk.cities import seen_cities
from models.desk.customers import ListedService, matching, nearest, need, services_of
from models.desk.exports import MOST
from models.desk.invoices import Days, is_late, late_on
from models.desk.signs import Sign
from models.keyset import By, Key, Keyset
from models.people import Address, Person, PersonGroup, PersonTag, Tag
from models.services import STATUSES, Service, TrustUnlock
from models.wording import counted, masked

PAGE = 50
STATES = {
    "suspensos": STATUSES["suspended_for_debt"],
    "reduzidos": STATUSES["reduced"],
    "confianca": "Em confiança",
    "instalacao": STATUSES["awaiting_installation"],
    "migracao": STATUSES["awaiting_migration"],
    "habilitados": STATUSES["active"],
    "cancelados": "Só cancelados",
    "sem": "Sem serviço",
}
_BY_STATUS = {
    "suspensos": "suspended_for_debt",
    "reduzidos": "reduced",
    "instalacao": "awaiting_installation",
    "migracao": "awaiting_migration",
}
LATENESS = {
    "sim": "Qualquer atraso",
    "15": "há mais de 15 dias",
    "30": "há mais de 30 dias",
    "60": "há mais de 60 dias",
}
# What of a row stands in the address of the page behind it: by name only its number.
_ID = By(Person.id)
KEYS = {
    "nome": Keyset(_ID),
    "-nome": Keyset(_ID),
    "-atraso": Keyset(By(Invoice.total_cents, nullable=True), _ID),
    "atraso": Keyset(By(Invoice.total_cents, nullable=True), _ID),
    "desde": Keyset(By(Invoice.due_on, nullable=True), _ID),
    "-desde": Keyset(By(Invoice.due_on, nullable=True), _ID),
}
_VALUES = {"atraso": "cents", "desde": "since"}
HEADS = {
    "id": "Código",
    "name": "Cliente",
    "masked": "CPF ou CNPJ",
    "plans": "Serviços",
    "situation": "Situação",
}
MONEY_HEADS = {"overdue_cents": "Em atraso", "overdue": "Faturas em atraso", "since": "Desde"}


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list. `late`: a key of LATENESS; `city`, as it is written in addresses."""

    text: str = ""
    state: str = ""
    plan: int = 0
    city: str = ""
    group: int = 0
    tag: int = 0
    late: str = ""
    sort: str = "nome"
    by_part: bool = False  # a document is found by a part of it
    days: Days = ()  # what day it is in each company

    @property
    def by_name(self) -> bool:
        return self.sort in ("nome", "-nome")

    def conditions(self) -> list[ColumnElement[bool]]:
        found = matching(self.text, self.by_part)
        if self.state:
            found.append(_in_state(self.state))
        if self.plan:
            has = select(Service.person_id).where(Service.plan_id == self.plan, Service.status != "cancelled")
            found.append(Person.id.in_(has))
        if self.city:
            found.append(Person.id.in_(select(Address.person_id).where(Address.city == self.city)))
        if self.group:
            found.append(Person.group_id == self.group)
        if self.tag:
            found.append(Person.id.in_(select(PersonTag.person_id).where(PersonTag.tag_id == self.tag)))
        if self.late:
            late = is_late(late_on(self.days, int(self.late) if self.late.isdecimal() else 0))
            found.append(Person.id.in_(select(Invoice.person_id).where(Invoice.status == "open", late)))
        return found


def _in_state(state: str) -> ColumnElement[bool]:
    """With a service that stands so; cancelled are those who have no other."""
    of = select(Service.person_id)
    released = select(TrustUnlock.service_id).where(TrustUnlock.status == "active")
    if state in _BY_STATUS:
        return Person.id.in_(of.where(Service.status == _BY_STATUS[state]))
    if state == "habilitados":
        return Person.id.in_(of.where(Service.status == "active", Service.id.not_in(released)))
    if state == "confianca":
        return Person.id.in_(of.where(Service.id.in_(released)))
    mine = select(Service.id).where(Service.person_id == Person.id).correlate(Person)
    there = mine.where(Service.status != "cancelled").exists()
    return mine.exists() & ~there if state == "cancelados" else ~mine.exists()


class Owed(NamedTuple):
    """What of a customer is overdue: cents without fine and interest, how many invoices, since when; None: nothing."""

    cents: int | None
    invoices: int | None
    since: date | None
    late_from: str | None

    def days(self, today: date) -> int:
        """How many days the oldest is late, counted as on its own page."""
        if self.since is None:
            return 0
        return (today - (business_day(self.since) if self.late_from == "business_day" else self.since)).days


class Row(NamedTuple):
    """A customer of the list, with the services and what is overdue."""

    id: int
    version: int
    name: str
    document: str
    trade_name: str
    today: date
    services: Sequence[ListedService]
    owed: Owed

    @property
    def masked(self) -> str:
        return masked(self.document)

    @property
    def first(self) -> ListedService | None:
        """The service that stands for all: the one most in need of somebody."""
        return min(self.services, key=need, default=None)

    @property
    def plans(self) -> str:
        return ", ".join(row.plan_name for row in self.services)

    @property
    def about(self) -> str:
        """'Código 7 · Centro'."""
        return " · ".join(
            filter(None, (f"Código {self.id}", self.first.district if self.first else "", self.trade_name))
        )

    @property
    def more(self) -> str:
        return f"e mais {len(self.services) - 1}" if len(self.services) > 1 else ""

    @property
    def sign(self) -> Sign | None:
        """How the first stands; of several alike, how many: '2 de 14 suspensos'."""
        first = self.first
        if first is None:
            return None
        same, all = sum(need(row) == need(first) for row in self.services), len(self.services)
        if first.status in _SEVERAL and all > 1:
            return first.sign._replace(text=f"{same} de {all} {_SEVERAL[first.status][same > 1]}")
        return first.sign

    @property
    def situation(self) -> str:
        return self.sign.text if self.sign else "Sem serviço"

    @property
    def overdue_cents(self) -> int | None:
        return self.owed.cents

    @property
    def overdue(self) -> int | None:
        return self.owed.invoices

    @property
    def since(self) -> date | None:
        return self.owed.since

    @property
    def lateness(self) -> str:
        """'2 faturas, 48 dias'."""
        if not self.owed.since or not self.owed.invoices:
            return ""
        return f"{counted(self.owed.invoices, 'fatura')}, {counted(self.owed.days(self.today), 'dia')}"


_SEVERAL = {"suspended_for_debt": ("suspenso", "suspensos"), "reduced": ("reduzido", "reduzidos")}


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    more: Key | None  # behind which the next page begins; by name, the number of the last row
    behind: bool  # some come before these


class Choice(NamedTuple):
    """What a filter offers: of which filter, and the number or the city."""

    of: str
    key: str
    name: str


def find(wanted: Wanted, after: Key | None = None) -> Page:
    """One page, each with services and overdue money, in two questions; one more behind a page by name.

    `after` is a key as KEYS has it: by name the number of a row alone, for no name may stand in an address.
    """
    key = _key_by_name(wanted, after[0]) if wanted.by_name and after else after
    found = _rows(wanted, key, PAGE)
    more: Key | None = None
    if len(found) > PAGE:
        last = found[PAGE - 1]
        more = (last.id,) if wanted.by_name else (getattr(last.owed, _VALUES[wanted.sort.lstrip("-")]), last.id)
    return Page(found[:PAGE], more, behind=key is not None)


def lines(wanted: Wanted, only: Sequence[int] = ()) -> list[Row]:
    """All that are asked for, or those with the numbers `only`, as far as one file goes, in their order."""
    return _rows(wanted, None, MOST, tuple(only))


def ids(wanted: Wanted, most: int) -> list[int]:
    """The numbers of all that are asked for, in the order in which they are locked; at most one more than `most`."""
    rows = select(Person.id).where(*wanted.conditions()).order_by(Person.id).limit(most + 1)
    return list(db.session.scalars(rows))


def totals(wanted: Wanted) -> tuple[int, int]:
    """How many are asked for, and how many there are; one question."""
    some, all = db.session.execute(_totals(wanted)).one()
    return some, all


@lru_cache(200)
def _totals(wanted: Wanted) -> Select[int, int]:
    everybody = select(func.count()).select_from(Person)
    asked = wanted.conditions()
    some = everybody.where(*asked).scalar_subquery() if asked else everybody.scalar_subquery()
    return select(some, everybody.scalar_subquery() if asked else some)


def how_many(each: Sequence[Wanted]) -> list[int]:
    """Of several ways to ask, how many each finds; one question."""
    counts = [select(func.count()).select_from(Person).where(*one.conditions()).scalar_subquery() for one in each]
    return list(db.session.execute(select(*counts)).one()) if counts else []


def choices() -> dict[str, list[Choice]]:
    """What the filters offer to whoever looks, by filter and name; one question."""
    found: dict[str, list[Choice]] = {"plano": [], "grupo": [], "etiqueta": [], "cidade": []}
    for row in db.session.execute(_choices()):
        found[row.of].append(Choice._make(row))
    return found


@cache
def _choices() -> Select[str, str, str]:
    listed = [
        select(literal(of).label("of"), cast(table.id, String).label("key"), table.name.label("name"))
        for of, table in (("plano", Plan), ("grupo", PersonGroup), ("etiqueta", Tag))
    ]
    city = seen_cities().subquery()
    of_cities = select(literal("cidade"), city.c.city, city.c.city)
    all = union_all(*listed, of_cities).subquery()
    return select(all.c.of, all.c.key, all.c.name).order_by(all.c.name)


def _rows(wanted: Wanted, after: Key | None, size: int, only: tuple[int, ...] = ()) -> list[Row]:
    found = db.session.execute(_listed(wanted, after, size, only)).all()
    services, days = services_of([row.id for row in found]), dict(wanted.days)
    return [
        Row(
            row.id,
            row.version,
            row.name,
            row.document,
            row.trade_name,
            days[row.company_id],
            services.get(row.id, ()),
            Owed(row.cents, row.invoices, row.since, row.late_from),
        )
        for row in found
    ]


@lru_cache(200)
def _listed(wanted: Wanted, after: Key | None, size: int, only: tuple[int, ...]) -> Select[*tuple[Any, ...]]:
    """Its customers are picked first, by number alone; what a row shows is looked up for those of the page."""
    rows, owed = select(Person.id).where(*wanted.conditions()), None
    if only:
        rows = rows.where(Person.id.in_(only))
    if not wanted.by_name:
        owed = _owing(wanted.days).subquery()
        rows = rows.outerjoin(owed, owed.c.person_id == Person.id)
    order = _order(wanted, owed)
    rows = rows.add_columns(*(by.column.label(f"by_{i}") for i, by in enumerate(order.columns)))
    picked = order.page(rows, after, size).cte("picked")
    theirs = _owing(wanted.days).where(Invoice.person_id.in_(select(picked.c.id))).subquery()
    about = (Person.id, Person.version, Person.name, Person.document, Person.trade_name, Person.company_id)
    shown = select(*about, theirs.c.cents, theirs.c.invoices, theirs.c.since, theirs.c.late_from)
    shown = shown.join(picked, picked.c.id == Person.id).outerjoin(theirs, theirs.c.person_id == Person.id)
    # By the values that were picked: by those of the table, SQLite would walk all of it in that order.
    again = (By(picked.c[f"by_{i}"], by.descending, by.nullable) for i, by in enumerate(order.columns))
    return Keyset(*again).page(shown, None)


def _owing(days: Days) -> Select[int, int, int, date, str]:
    """What each customer has overdue."""
    owed = func.sum(Invoice.total_cents - Invoice.paid_cents).label("cents")
    oldest = (func.min(Invoice.due_on).label("since"), func.min(Invoice.late_from).label("late_from"))
    rows = select(Invoice.person_id, owed, func.count().label("invoices"), *oldest)
    return rows.where(Invoice.status == "open", is_late(late_on(days))).group_by(Invoice.person_id)


def _order(wanted: Wanted, owed: Subquery | None) -> Keyset:
    """By name whoever is nearest to what is searched comes first; by money the most and the oldest."""
    descending = wanted.sort.startswith("-")
    if wanted.by_name or owed is None:
        near = [] if descending else nearest(wanted.text)
        return Keyset(*near, By(Person.search_text, descending), By(Person.id, descending))
    column = owed.c[_VALUES[wanted.sort.lstrip("-")]]
    return Keyset(By(column, descending, nullable=True), By(Person.id, descending))


def _key_by_name(wanted: Wanted, id: int) -> Key | None:
    """The values by which a customer stands in the list; nobody, or somebody not seen here: the first page."""
    columns = (by.column for by in _order(wanted, None).columns)
    row = db.session.execute(select(*columns).where(Person.id == id)).first()
    return tuple(row) if row else None
