"""The ladder of debts, in working hours: notices, reductions, suspensions; one service, one commit (X-07)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from jobs import rows
from models import clock
from models.base import db
from models.dunning import STEPS, climb
from models.dunning import rehearse as steps_of
from models.dunning.debts import services_in_debt
from models.operators import Company
from models.services import Service
from models.wording import brl, day

OPENS, CLOSES = 8, 18  # nobody is told or cut at night


def run(at: datetime) -> int:
    """Carry out the step of each service in debt; may be killed anywhere and run twice."""
    hours = {row.id: clock.local(at, row.zone) for row in db.session.scalars(select(Company))}
    open_now = {id: local.date() for id, local in hours.items() if OPENS <= local.hour < CLOSES}
    found = _services(at)
    return rows.each("dunning", found, lambda id: _climb(id, open_now))


def rehearse(at: datetime) -> list[str]:
    """Who would be told, reduced or suspended, and why; changes nothing."""
    on = clock.local(at).date()
    ids = list(_services(at))
    return [
        f"serviço {step.service_id}: {STEPS[step.action].lower()}, fatura {step.debt.number} "
        f"de {day(step.debt.due_on)} ({brl(step.debt.open_cents)}), {step.why}"
        + (f"; segurado até {day(step.held)}" if step.held else "")
        for start in range(0, len(ids), rows.BATCH)
        for step in steps_of(ids[start : start + rows.BATCH], on)
    ]


def _services(at: datetime) -> Iterator[int]:
    late = services_in_debt(clock.local(at).date()).subquery()
    return rows.batches(select(Service.id).where(Service.id.in_(select(late.c.service_id))))


def _climb(id: int, today: dict[int, date]) -> bool:
    company_id = db.session.scalar(select(Service.company_id).where(Service.id == id))
    return company_id in today and climb(id, today[company_id]) is not None
