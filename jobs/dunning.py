"""The ladder of debts, in working hours: notices, reductions, suspensions; one service, one commit (X-07)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from jobs import rows
from models import clock
from models.base import db
from models.dunning import STEPS, climb
from models.dunning.ladder import AUTOMATIC, StepRow, reason, steps
from models.operators import Company
from models.services import Service
from models.wording import brl, day

NAMED = rows.named("service")
OPENS, CLOSES = 8, 18  # nobody is told or cut at night


def run(at: datetime) -> int:
    """Carry out the step of each service that has one; may be killed anywhere and run twice."""
    hours = {row.id: clock.local(at, row.zone) for row in db.session.scalars(select(Company))}
    open_now = {id: local.date() for id, local in hours.items() if OPENS <= local.hour < CLOSES}
    everywhere = len(open_now) == len(hours)  # at night nobody went through, nor is nobody left
    return rows.each("dunning", _services(at, open_now), lambda id: _climb(id, open_now), NAMED, complete=everywhere)


def rehearse(at: datetime) -> list[str]:
    """Who would be told, reduced or suspended, and why; changes nothing."""
    on = clock.local(at).date()
    found = steps(on)
    return [
        f"serviço {row.service_id}: {STEPS[row.action].lower()}, fatura {row.number} "
        f"de {day(row.due_on)} ({brl(row.open_cents)}), {reason(row, on)}"
        + (f"; segurado até {day(row.held_until)}" if row.held_until else "")
        for row in map(StepRow._make, db.session.execute(found.order_by(found.selected_columns.service_id)))
    ]


def _services(at: datetime, today: dict[int, date]) -> Iterator[int]:
    """Those with a step of its own accord, where it is day."""
    step = steps(clock.local(at).date()).subquery()
    moved = step.c.action.in_(AUTOMATIC) & step.c.held_until.is_(None)
    mine = select(Service.id).where(Service.company_id.in_(list(today)))
    return rows.batches(select(step.c.service_id).where(moved, step.c.service_id.in_(mine)))


def _climb(id: int, today: dict[int, date]) -> bool:
    company_id = db.session.scalar(select(Service.company_id).where(Service.id == id))
    return company_id in today and climb(id, today[company_id]) is not None
