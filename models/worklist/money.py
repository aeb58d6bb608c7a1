"""The money of Início: what fell due and came in this month, what falls due next, what is late and for how long (B-15).

Named figures of open and ended invoices and of payments, summed in SQL; one question for all of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, Select, case, cast, func, literal, null, select, union_all

from models import clock
from models.base import BigInt, db
from models.billing import Invoice, Payment
from models.desk.invoices import is_late, late_by_company

NEXT = 3  # days on which something falls due
AGES = ((15, "Até 15 dias"), (30, "16 a 30 dias"), (60, "31 a 60 dias"), (None, "Mais de 60 dias"))


class Day(NamedTuple):
    """A day of the month: what fell due, what of that is paid by now, and what came in on it; cents."""

    on: date
    due_cents: int
    settled_cents: int
    received_cents: int


class DueDay(NamedTuple):
    """A day on which invoices fall due: how many are open, and what of them is owed, in cents."""

    on: date
    many: int
    cents: int

    @property
    def words(self) -> str:
        """'Hoje, 24/11', 'Amanhã, 25/11', '05/12'."""
        near = {0: "Hoje, ", 1: "Amanhã, "}.get((self.on - clock.today()).days, "")
        return f"{near}{self.on:%d/%m}"


class Age(NamedTuple):
    """What is late for so long: between which due dates, how many invoices, what they owe in cents."""

    words: str
    due_from: date | None
    due_until: date
    many: int
    cents: int


class Money(NamedTuple):
    days: list[Day]
    due: list[DueDay]
    ages: list[Age]

    @property
    def due_cents(self) -> int:
        """What has fallen due this month by today."""
        return sum(day.due_cents for day in self.days if day.on <= clock.today())

    @property
    def settled_cents(self) -> int:
        return sum(day.settled_cents for day in self.days if day.on <= clock.today())


def money() -> Money:
    """Of the month of whoever looks."""
    today = clock.today()
    first, next_first = today.replace(day=1), clock.first_of_next_month(today)
    both = union_all(_due(first, next_first), _received(first, next_first), _next(today), _late(today)).subquery()
    rows: dict[str, dict[Any, Any]] = {"due": {}, "received": {}, "next": {}, "late": {}}
    for row in db.session.execute(select(both)):
        rows[row.part][row.day if row.part != "late" else row.age] = row
    days = [first + timedelta(at) for at in range((next_first - first).days)]
    return Money(
        [
            Day(on, _cents(rows["due"], on), _cents(rows["due"], on, "paid"), _cents(rows["received"], on))
            for on in days
        ],
        [DueDay(on, row.many, int(row.cents)) for on, row in sorted(rows["next"].items())],
        [
            Age(AGES[age][1], *between, rows["late"][age].many, int(rows["late"][age].cents))
            for age, between in enumerate(_between(today))
            if age in rows["late"]
        ],
    )


def _cents(rows: dict[Any, Any], on: date, column: str = "cents") -> int:
    return int(getattr(rows[on], column)) if on in rows else 0


def _part(part: str, day: Any = None, age: Any = None, cents: Any = None, paid: Any = None) -> Select[Any]:
    return select(
        literal(part).label("part"),
        (cast(null(), Date()) if day is None else day).label("day"),
        (cast(null(), Integer()) if age is None else age).label("age"),
        func.count().label("many"),
        cast(func.sum(cents), BigInt).label("cents"),
        (literal(0) if paid is None else cast(func.sum(paid), BigInt)).label("paid"),
    )


def _due(first: date, until: date) -> Select[Any]:
    rows = _part("due", Invoice.due_on, cents=Invoice.total_cents, paid=Invoice.paid_cents)
    asked = Invoice.status.in_(("open", "paid")), Invoice.due_on >= first, Invoice.due_on < until
    return rows.where(*asked).group_by(Invoice.due_on)


def _received(first: date, until: date) -> Select[Any]:
    rows = _part("received", Payment.paid_on, cents=Payment.amount_cents)
    asked = Payment.is_money(), Payment.paid_on >= first, Payment.paid_on < until
    return rows.where(*asked).group_by(Payment.paid_on)


def _next(today: date) -> Select[Any]:
    rows = _part("next", Invoice.due_on, cents=_owed())
    rows = rows.where(Invoice.status == "open", Invoice.due_on >= today).group_by(Invoice.due_on)
    return select(rows.order_by(Invoice.due_on).limit(NEXT).subquery())


def _late(today: date) -> Select[Any]:
    """By age, as the list of what is overdue has it."""
    ages = [(Invoice.due_on >= start, age) for age, (start, _) in enumerate(_between(today)) if start]
    age = case(*ages, else_=len(AGES) - 1)
    each = select(age.label("age"), _owed().label("cents"))
    late = each.where(Invoice.status == "open", is_late(late_by_company())).subquery()
    return _part("late", age=late.c.age, cents=late.c.cents).select_from(late).group_by(late.c.age)


def _owed() -> ColumnElement[int]:
    return Invoice.total_cents - Invoice.paid_cents


def _between(today: date) -> list[tuple[date | None, date]]:
    """The due dates of each of AGES, from and until."""
    found, until = list[tuple[date | None, date]](), today
    for days, _ in AGES:
        start = today - timedelta(days) if days else None
        found.append((start, until))
        until = start - timedelta(1) if start else until
    return found
