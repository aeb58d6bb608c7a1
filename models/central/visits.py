"""Visita marcada: the day and the part of it in which a technician comes, for whoever showed who they are (X-14).

Never told by a CPF alone: when somebody waits at home for a stranger is no news for strangers.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from models import clock
from models.base import Utc, db
from models.operators import Company
from models.wording import weekday
from models.work_orders import WorkOrder

PARTS = (  # from which hour on, how it is called, between which hours it is
    (time(0), "de manhã", "antes das 8h"),
    (time(8), "de manhã", "entre 8h e 12h"),
    (time(12), "à tarde", "entre 12h e 18h"),
    (time(18), "à noite", "depois das 18h"),
)


class ComingVisit(NamedTuple):
    """A scheduled visit; the hour the agenda says is the provider's, what the subscriber is promised is the part."""

    service_id: int | None
    starts_at: datetime
    zone: str

    @property
    def day(self) -> str:
        """'hoje', 'amanhã, 25/11', 'terça-feira, 24/11'."""
        on, today = clock.local(self.starts_at, self.zone).date(), clock.today(self.zone)
        near = {0: "hoje", 1: "amanhã"}.get((on - today).days)
        return f"{near or weekday(on).partition(',')[0]}, {on:%d/%m}"

    @property
    def part(self) -> tuple[str, str]:
        at = clock.local(self.starts_at, self.zone).time()
        _, words, hours = [part for part in PARTS if part[0] <= at][-1]
        return words, hours

    @property
    def words(self) -> str:
        """'Visita marcada: terça-feira, 24/11, de manhã'."""
        return f"Visita marcada: {self.day}, {self.part[0]}"

    @property
    def hours(self) -> str:
        """'entre 8h e 12h'."""
        return self.part[1]


def coming_visits(person_id: int) -> list[ComingVisit]:
    """The visits of a customer that are scheduled for today or later, the first one first; one question."""
    asked = {"person": person_id, "since": clock.now() - timedelta(days=1)}
    found = [ComingVisit._make(row) for row in db.session.execute(_visits(), asked)]
    return [one for one in found if clock.local(one.starts_at, one.zone).date() >= clock.today(one.zone)]


@cache
def _visits() -> Select[*tuple[Any, ...]]:
    rows = select(WorkOrder.service_id, WorkOrder.starts_at, Company.zone)
    rows = rows.join(Company, Company.id == WorkOrder.company_id)
    rows = rows.where(WorkOrder.person_id == bindparam("person"), WorkOrder.status == "scheduled")
    return rows.where(WorkOrder.starts_at > bindparam("since", type_=Utc())).order_by(WorkOrder.starts_at, WorkOrder.id)
