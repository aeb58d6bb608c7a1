"""The rehearsal of the night: whom the ladder would tell, reduce, suspend or let go on a day, and why. Changes nothing.

The ladder decides in SQL, so counts, sums and pages are taken there, too: a page reads its own rows, however many owe.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Row, Select, bindparam, case, func, select

from models import clock
from models.base import db
from models.billing import Invoice
from models.catalog import DunningRule
from models.contracts import USUAL
from models.desk.rehearsal_rows import OUTCOMES, Group, Line, Night, Rehearsed, Returning
from models.dunning import Hold
from models.dunning.ladder import StepRow, reason, steps
from models.keyset import By, Key, Keyset
from models.operators import Company, Operator
from models.outbox import Effect
from models.people import Person
from models.refused import Refused
from models.services import Service, Suspension, TrustUnlock

Decided = Select[*tuple[Any, ...]]

FEW = 5  # rows of each outcome on the page of all
PAGE = 50
FARTHEST = timedelta(days=30)
PLACE = Keyset(By(Invoice.due_on), By(Service.id))  # the oldest debt first: as the key of a page is read


def tomorrow() -> date:
    return clock.today() + timedelta(days=1)


def require_day(on: date | None) -> date:
    """The day to rehearse. Raises Refused for one that is gone or too far to say anything about."""
    if on is None:
        raise Refused("Escolha o dia do ensaio.", field="dia")
    if on < clock.today():
        raise Refused("Este dia já passou. Escolha hoje ou um dia que vem.", field="dia")
    if on > clock.today() + FARTHEST:
        raise Refused(f"O ensaio olha até {FARTHEST.days} dias à frente.", field="dia")
    return on


def night(on: date) -> Night:
    """Every outcome of a day with its first rows, in a fixed number of questions however many owe."""
    decided = steps(on)
    rows: dict[str, list[Rehearsed]] = {}
    for row in map(_rehearsed, db.session.execute(_first_rows(decided))):
        rows.setdefault(row.outcome, []).append(row)
    found = [Group(key, *each, rows[key]) for key, each in sums(on).items()]
    return Night(found, _beside(on))


class Sum(NamedTuple):
    """Services with one outcome, and what their invoices owe, in cents."""

    services: int
    cents: int


def sums(on: date) -> dict[str, Sum]:
    """Every outcome of a day that is there, in the order of OUTCOMES."""
    found = {row.outcome: Sum(int(row.services), int(row.cents)) for row in db.session.execute(_sums(steps(on)))}
    return {key: found[key] for key in OUTCOMES if key in found}


# `steps` keeps its question, so what is built on it is kept by it.


@lru_cache(100)
def _first_rows(decided: Decided) -> Decided:
    found = _outcomes(decided)
    columns = found.selected_columns
    place = func.row_number().over(partition_by=columns.outcome, order_by=(columns.due_on, columns.service_id))
    first = found.add_columns(place.label("place")).subquery()
    return _named(first).where(first.c.place <= FEW).order_by(first.c.place)


def page(outcome: str, on: date, after: Key | None, limit: int = PAGE) -> tuple[list[Rehearsed], Key | None]:
    """The services with one outcome from behind a place on; and the place a next page begins behind, if any."""
    rows = db.session.execute(_page(steps(on), after, limit), {"outcome": outcome})
    read = [_rehearsed(row) for row in rows]
    last = read[limit - 1].step if len(read) > limit else None
    return read[:limit], (last.due_on, last.service_id) if last else None


@lru_cache(100)
def _page(decided: Decided, after: Key | None, limit: int) -> Decided:
    found = _outcomes(decided).subquery()
    rows = _named(found).where(found.c.outcome == bindparam("outcome"))
    return Keyset(By(found.c.due_on), By(found.c.service_id)).page(rows, after, limit)


def lines(on: date) -> Iterator[Line]:
    """All of it, outcome by outcome, to be kept as a file."""
    found = _outcomes(steps(on)).subquery()
    rows = _named(found).order_by(found.c.outcome, found.c.due_on, found.c.service_id)
    for row in map(_rehearsed, db.session.execute(rows.execution_options(yield_per=500))):
        step = row.step
        yield Line(
            OUTCOMES[row.outcome],
            row.person,
            row.person_id,
            row.plan_name,
            row.company,
            row.ladder or USUAL,
            step.number,
            step.due_on,
            step.open_cents,
            step.noticed_on,
            reason(step, on),
            step.held_until,
            row.hold_reason,
        )


def _outcomes(decided: Decided) -> Decided:
    """The steps of a day; what a person holds is an outcome of its own."""
    step = decided.subquery("decided")
    held = case((step.c.held_until.is_not(None), "held"), else_=step.c.action)
    return select(step, held.label("outcome"))


@lru_cache(100)
def _sums(decided: Decided) -> Decided:
    """Services and money by outcome; an invoice that joins services is owed once."""
    each = _outcomes(decided).subquery()
    invoice = (
        select(each.c.outcome, func.count().label("services"), func.max(each.c.open_cents).label("cents"))
        .group_by(each.c.outcome, each.c.invoice_id)
        .subquery()
    )
    total = select(
        invoice.c.outcome,
        func.sum(invoice.c.services).label("services"),
        func.sum(invoice.c.cents).label("cents"),
    )
    return total.group_by(invoice.c.outcome)


def _named(found: FromClause) -> Select[*tuple[Any, ...]]:
    """The columns of Rehearsed, those of its step one by one: with customer, service, company, who holds it and why."""
    return (
        select(
            *(found.c[name] for name in StepRow._fields),
            found.c.outcome,
            Service.plan_name,
            Person.id.label("person_id"),
            Person.name.label("person"),
            Company.name.label("company"),
            DunningRule.name.label("ladder"),
            Hold.reason,
            Operator.name.label("held_by"),
        )
        .join(Service, Service.id == found.c.service_id)
        .join(Person, Person.id == Service.person_id)
        .join(Company, Company.id == Service.company_id)
        .outerjoin(DunningRule, DunningRule.id == found.c.ladder_id)
        .outerjoin(Hold, (Hold.service_id == Service.id) & Hold.ended_at.is_(None))
        .outerjoin(Operator, Operator.id == Hold.operator_id)
    )


def _rehearsed(row: Row[*tuple[Any, ...]]) -> Rehearsed:
    many = len(StepRow._fields)
    return Rehearsed(StepRow._make(row[:many]), *row[many:])


def _beside(on: date) -> list[Group[Returning]]:
    """Trust that ends by then, and payments waiting for their review."""
    ending = db.session.execute(_ending(), {"until": clock.end_of(on)})
    asked = {"trust": ending, "returning": db.session.execute(_returning())}
    found = {key: [Returning(*row) for row in rows] for key, rows in asked.items()}
    return [Group(key, rows[0].services, 0, rows) for key, rows in found.items() if rows]


@cache
def _ending() -> Decided:
    released = (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active")
    rows = _suspended(TrustUnlock.ends_at.label("ends_at")).join(TrustUnlock, released)
    return rows.where(TrustUnlock.ends_at <= bindparam("until")).order_by(TrustUnlock.ends_at, Service.id)


@cache
def _returning() -> Decided:
    waiting = select(Effect.payload["service_id"].as_integer())
    waiting = waiting.where(Effect.kind == "review_service", Effect.state != "done")
    for why in ("reopened", "ladder"):  # that one stops a service again; to this one nobody paid anything
        waiting = waiting.where(Effect.key.not_like(f"%:{why}:%"))
    return _suspended().where(Service.id.in_(waiting)).order_by(Service.id)


def _suspended(*more: ColumnElement[datetime]) -> Select[*tuple[Any, ...]]:
    """Services with an open suspension, the first few; `services` counts them all."""
    return (
        select(
            Service.id.label("service_id"),
            Service.plan_name,
            Person.id.label("person_id"),
            Person.name.label("person"),
            Company.name.label("company"),
            Suspension.status.label("suspension"),
            func.count().over().label("services"),
            *more,
        )
        .join(Person, Person.id == Service.person_id)
        .join(Company, Company.id == Service.company_id)
        .join(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .limit(PAGE)
    )
