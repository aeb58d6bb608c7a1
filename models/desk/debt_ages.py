"""Débitos por idade: what was not paid, for how long (B-20). What is so now, by the day of each company."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, case, func, literal, select

from models import clock
from models.base import db
from models.billing import Invoice
from models.desk.invoices import is_late, late_by_company
from models.desk.periods import Period
from models.desk.told import Figure, Told, share_words
from models.operators.company import zones
from models.wording import counted

# The most days each age has; what is older is the last one.
AGES = {15: "1 a 15 dias", 30: "16 a 30 dias", 60: "31 a 60 dias", 90: "61 a 90 dias", 0: "Mais de 90 dias"}
BAD = (90, 0)


class Age(NamedTuple):
    """The debts of an age: of how many invoices and customers, without fine and interest."""

    age: int
    amount_cents: int
    invoices: int
    customers: int
    share: str

    @property
    def name(self) -> str:
        return AGES[self.age]

    @property
    def is_bad(self) -> bool:
        return self.age in BAD

    @property
    def due(self) -> tuple[date | None, date | None] | None:
        """The first and the last due date of this age; None where the companies have no day in common now."""
        days = {clock.today(zone) for _, zone in zones()}
        if len(days) > 1:
            return None
        [today], ages = days, list(AGES)
        newest = ages[ages.index(self.age) - 1] if self.age != ages[0] else 0
        return (today - timedelta(days=self.age) if self.age else None, today - timedelta(days=newest + 1))


def ages(period: Period) -> Sequence[Age]:
    """Every age, the youngest first, and none where nothing is late. One question."""
    today = {id: clock.today(zone) for id, zone in zones()}
    age = case(*((Invoice.due_on >= _days_ago(today, most), most) for most in AGES if most), else_=0).label("age")
    rows = select(
        age,
        func.sum(Invoice.total_cents - Invoice.paid_cents).label("cents"),
        func.count(Invoice.id).label("invoices"),
        func.count(Invoice.person_id.distinct()).label("customers"),
    )
    rows = period.of_company(rows.where(*_late()), Invoice.company_id).group_by(age)
    found = {row.age: row for row in db.session.execute(rows)}
    whole = sum(int(row.cents) for row in found.values())
    if not whole:
        return []
    none = (0, 0, 0, 0)
    each = [(most, *(int(n) for n in tuple(found.get(most, none))[1:])) for most in AGES]
    return [Age(most, cents, invoices, people, share_words(cents, whole)) for most, cents, invoices, people in each]


def _days_ago(today: dict[int, date], days: int) -> ColumnElement[date]:
    """So many days before today, where the company of the invoice is."""
    each = {id: literal(on - timedelta(days=days), Date()) for id, on in today.items()}
    return case(each, value=Invoice.company_id) if len(set(today.values())) > 1 else next(iter(each.values()))


def _late() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Invoice.status == "open", is_late(late_by_company())


def told(period: Period, rows: Sequence[Age]) -> Told:
    """The figures above it, and who owes half of it. One question."""
    mine = select(Invoice.person_id, func.sum(Invoice.total_cents - Invoice.paid_cents).label("cents"))
    owed = period.of_company(mine.where(*_late()), Invoice.company_id).group_by(Invoice.person_id).subquery()
    before = func.sum(owed.c.cents).over(order_by=(owed.c.cents.desc(), owed.c.person_id)) - owed.c.cents
    ranked = select(before.label("before")).subquery()
    whole = sum(row.amount_cents for row in rows)
    half = func.count().filter(ranked.c.before * 2 < whole)
    customers, few = db.session.execute(select(func.count(), half).select_from(ranked)).one()
    if not whole:
        return Told()
    figures = [
        Figure("Em atraso", whole, "bad"),
        Figure("Faturas", str(sum(row.invoices for row in rows))),
        Figure("Clientes", str(customers)),
    ]
    owe = "deve" if few == 1 else "devem"
    return Told(figures, f"{counted(few, 'cliente')} {owe} metade de tudo. Sem multa nem juros.")
