"""What is known of the technicians for some days: who they are, where they go, when they are away, when they work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from models import clock
from models.agenda.visits import Visit, visits_of
from models.base import Utc, db
from models.operators import Operator
from models.operators.operator import OperatorCompany
from models.scope import TODAS, who
from models.work_orders import Absence, FieldGroup, FieldGroupMember, WorkingHours

DAYS = 7  # how far ahead hours are proposed
STEP = timedelta(minutes=30)

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Technician:
    """One at work: where he may be sent, and in which groups he is (names by number)."""

    id: int
    name: str
    companies: frozenset[int]
    groups: dict[int, str] = field(hash=False)

    def works_in(self, company_id: int) -> bool:
        return company_id == TODAS or bool({TODAS, company_id} & self.companies)


class Diary:
    """Of whoever acts: the technicians of the company, the visits that touch a stretch of time; four questions."""

    def __init__(self, begins: datetime, ends: datetime) -> None:
        self.begins, self.ends = begins, ends
        self.technicians = {one.id: one for one in _technicians()}
        self.visits = visits_of(begins, ends)
        self.absences = _absences(begins, ends)
        self._hours = WorkingHours.by_company()
        self._visits_of: dict[int, list[Visit]] = {}
        for visit in self.visits:
            if visit.technician_id:
                self._visits_of.setdefault(visit.technician_id, []).append(visit)
        self._days: dict[tuple[int, date, int], list[Visit]] = {}
        self._open: dict[tuple[int, date], list[Stretch]] = {}
        self._first_free: dict[Any, datetime | None] = {}

    @classmethod
    def of_days(cls, first: date, days: int, *, proposing: bool = False) -> Diary:
        """Some days of whoever looks, and the days for which hours are proposed as well."""
        last = first + timedelta(days=days)
        if proposing:
            today = clock.today()
            first, last = min(first, today), max(last, today + timedelta(days=DAYS))
        return cls(clock.at(first, time()), clock.at(last, time()))

    def hours(self, company_id: int) -> WorkingHours:
        return self._hours[company_id]

    def of_technician(self, technician_id: int, begins: datetime, ends: datetime) -> list[Visit]:
        """His visits that touch a stretch of time, the earliest first."""
        mine = self._visits_of.get(technician_id, ())
        return [one for one in mine if one.starts_at and one.ends_at and one.starts_at < ends and one.ends_at > begins]

    def on_day(self, technician_id: int, day: date, company_id: int) -> list[Visit]:
        """His visits of a day on the clock of a company."""
        key = (technician_id, day, company_id)
        if key not in self._days:
            zone = self._hours[company_id].zone
            begins, ends = clock.at(day, time(), zone), clock.at(day + timedelta(days=1), time(), zone)
            self._days[key] = self.of_technician(technician_id, begins, ends)
        return self._days[key]

    def absence_at(self, technician_id: int, begins: datetime, ends: datetime) -> Absence | None:
        """The absence of a technician that touches a stretch of time."""
        mine = self.absences.get(technician_id, ())
        return next((one for one in mine if one.starts_at < ends and one.ends_at > begins), None)

    def why_to_move(self, visit: Visit) -> str:
        """Why a visit that is still to come cannot be made by its technician; empty while it can (B-21)."""
        if not visit.is_pending or not visit.technician_id or not visit.starts_at or not visit.ends_at:
            return ""
        technician = self.technicians.get(visit.technician_id)
        everybody = who().company_id in (TODAS, visit.company_id)  # who may be sent to it is all known here
        if everybody and (technician is None or not technician.works_in(visit.company_id)):
            return "não atende mais em campo"
        return "ausente" if self.absence_at(visit.technician_id, visit.starts_at, visit.ends_at) else ""

    def first_free(self, technician_id: int, day: date, minutes: int, company_id: int, besides: int) -> datetime | None:
        """The first half hour of a day at which a visit fits as `Schedules.doubts` would have it: nothing to ask."""
        key = (technician_id, day, minutes, company_id, besides if self._has(technician_id, besides) else 0)
        if key not in self._first_free:
            self._first_free[key] = self._find_free(technician_id, day, minutes, company_id, besides)
        return self._first_free[key]

    def _open_on(self, company_id: int, day: date) -> list[Stretch]:
        key = (company_id, day)
        if key not in self._open:
            self._open[key] = self._hours[company_id].open_on(day)
        return self._open[key]

    def _has(self, technician_id: int, order_id: int) -> bool:
        return any(one.id == order_id for one in self._visits_of.get(technician_id, ()))

    def _find_free(self, technician_id: int, day: date, minutes: int, company_id: int, besides: int) -> datetime | None:
        hours, lasts = self._hours[company_id], timedelta(minutes=minutes)
        way = hours.travel
        busy: list[Stretch] = [(one.starts_at, one.ends_at) for one in self.absences.get(technician_id, ())]
        for one in self._visits_of.get(technician_id, ()):
            if one.is_pending and one.id != besides and one.starts_at and one.ends_at:
                busy.append((one.starts_at - way, one.ends_at + way))
        now = clock.now()
        for begins, ends in self._open_on(company_id, day):
            start = begins if begins >= now else _next_step(begins, now)
            while start + lasts <= ends:
                hit = next((until for since, until in busy if since < start + lasts and until > start), None)
                if hit is None:
                    return start
                start = _next_step(begins, hit)
        return None


def _next_step(begins: datetime, moment: datetime) -> datetime:
    """The first half hour of a stretch that is not before a moment."""
    steps = -((begins - moment) // STEP)
    return begins + max(steps, 0) * STEP


def _technicians() -> list[Technician]:
    """Those at work in the company of whoever acts, by name, with their companies and groups; one question."""
    found: dict[int, tuple[str, set[int], dict[int, str]]] = {}
    for id, name, company_id, group_id, group in db.session.execute(_at_work(who().company_id)):
        _, companies, groups = found.setdefault(id, (name, set(), {}))
        companies.add(company_id)
        if group_id:
            groups[group_id] = group
    return [Technician(id, name, frozenset(places), groups) for id, (name, places, groups) in found.items()]


@lru_cache(100)  # who is seen stands in its text
def _at_work(_company_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(Operator.id, Operator.name, OperatorCompany.company_id, FieldGroup.id.label("group"), FieldGroup.name)
        .join(OperatorCompany, OperatorCompany.operator_id == Operator.id)
        .outerjoin(FieldGroupMember, FieldGroupMember.operator_id == Operator.id)
        .outerjoin(FieldGroup, (FieldGroup.id == FieldGroupMember.field_group_id) & FieldGroup.inactive_since.is_(None))
        .where(Operator.inactive_since.is_(None), Operator.technician.is_(True), *Operator.seen())
        .order_by(Operator.name, Operator.id)
    )


@cache
def _away() -> Select[Absence]:
    begins, ends = bindparam("begins", type_=Utc()), bindparam("ends", type_=Utc())
    rows = select(Absence).where(Absence.undone_at.is_(None), Absence.starts_at < ends, Absence.ends_at > begins)
    return rows.order_by(Absence.starts_at, Absence.id)


def _absences(begins: datetime, ends: datetime) -> dict[int, list[Absence]]:
    found: dict[int, list[Absence]] = {}
    for one in db.session.scalars(_away(), {"begins": begins, "ends": ends}):
        found.setdefault(one.operator_id, []).append(one)
    return found
