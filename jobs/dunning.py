"""The ladder of debts, in working hours: notices, reductions, suspensions; one service, one commit (X-07)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Subquery, select

from jobs import rows
from models import clock
from models.base import db
from models.dunning import STEPS, climb
from models.dunning.hours import HOURS, NOON, closed_at, open_at
from models.dunning.ladder import AUTOMATIC, StepRow, reason, steps
from models.scope import TODAS
from models.services import Service
from models.wording import brl, day

NAMED = rows.named("service")


def run(at: datetime) -> int:
    """Carry out the step of each service that has one; may be killed anywhere and run twice."""
    working = open_at(at)
    needs = steps(clock.today(clock.ZONE)).subquery()
    found = rows.batches(select(_found(at).c.service_id))
    return rows.each("dunning", found, lambda id: _climb(id, working), NAMED, select(needs.c.service_id))


def rehearse(at: datetime) -> list[str]:
    """Who will be told, reduced or suspended by a run of that moment, and why; where it is night. Changes nothing."""
    on, found = clock.local(at).date(), _found(at)
    night = [f"{row.name}: {HOURS}, e agora é fora delas; ninguém" for row in closed_at(at) if row.id != TODAS]
    return night + [
        f"serviço {row.service_id}: {STEPS[row.action].lower()}, fatura {row.number} "
        f"de {day(row.due_on)} ({brl(row.open_cents)}), {reason(row, on)}"
        for row in map(StepRow._make, db.session.execute(select(found).order_by(found.c.service_id)))
    ]


def moment_of(on: date) -> datetime:
    """When a day is rehearsed or made up for: within its working hours everywhere."""
    return clock.at(on, NOON, clock.ZONE)


def _found(at: datetime) -> Subquery:
    """The steps that a run of a moment carries out: of their own accord, where it is day."""
    step = steps(clock.local(at).date()).subquery()
    moved = step.c.action.in_(AUTOMATIC) & step.c.held_until.is_(None)
    mine = select(Service.id).where(Service.company_id.in_(list(open_at(at))))
    return select(step).where(moved, step.c.service_id.in_(mine)).subquery()


def _climb(id: int, today: dict[int, date]) -> bool:
    company_id = db.session.scalar(select(Service.company_id).where(Service.id == id))
    return company_id in today and climb(id, today[company_id]) is not None
