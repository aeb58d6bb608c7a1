"""A week of the agenda: the visits of each technician on each day, and how much of the working hours they take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from models import clock
from models.agenda.day import clashes, clashing_minutes, minutes_of
from models.agenda.diary import Diary, Technician
from models.agenda.visits import Visit
from models.wording import duration
from models.work_orders.doubts import until

FULL = 90  # per cent of a day, from which it is called full


class Load(NamedTuple):
    """One technician's day: its visits with what each collides with, minutes taken and minutes worked."""

    on: date
    visits: list[tuple[Visit, str]]
    minutes: int
    worked: int
    clashing: int
    away: str

    @property
    def words(self) -> str:
        return duration(self.minutes) if self.minutes else "livre"

    @property
    def of(self) -> str:
        return f"de {duration(self.worked)}" if self.worked else "não se trabalha"

    @property
    def used(self) -> int:
        """Of the working hours, in per cent, at most 100."""
        return min(self.minutes * 100 // self.worked, 100) if self.worked else 100 if self.minutes else 0

    @property
    def tone(self) -> str:
        if self.clashing or self.minutes > self.worked:
            return "bad"
        return "warn" if self.used >= FULL else "neu"

    @property
    def spare(self) -> int:
        return 0 if self.away else max(self.worked - self.minutes, 0)


class Person(NamedTuple):
    technician: Technician
    days: list[Load]

    @property
    def visits(self) -> int:
        return sum(len(day.visits) for day in self.days)


@dataclass
class Week:
    first: date
    days: list[date]
    rows: list[Person]
    holidays: dict[date, str]

    @property
    def visits(self) -> int:
        return sum(row.visits for row in self.rows)

    @property
    def clashes(self) -> list[date]:
        """The days on which somebody would be at two places."""
        return [day for at, day in enumerate(self.days) if any(row.days[at].clashing for row in self.rows)]

    @property
    def spare(self) -> str:
        """'sobram 32h': what of the working hours is still free, of everybody together."""
        return duration(sum(load.spare for row in self.rows for load in row.days))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(diary: Diary, on: date, company_id: int, group_id: int = 0) -> Week:
    """Monday to Saturday; the Sunday too where there is work or a visit on it."""
    hours, first = diary.hours(company_id), monday_of(on)
    shown = [one for one in diary.technicians.values() if not group_id or group_id in one.groups]
    days = [first + timedelta(days=ahead) for ahead in range(7)]
    worked = {day: hours.minutes_on(day) for day in days}
    rows = [Person(one, [_load(diary, one, day, worked[day], hours.zone) for day in days]) for one in shown]
    if not worked[days[6]] and not any(row.days[6].visits for row in rows):
        days.pop()
        rows = [row._replace(days=row.days[:6]) for row in rows]
    return Week(first, days, rows, {day: name for day in days if (name := hours.holiday_on(day))})


def _load(diary: Diary, technician: Technician, day: date, worked: int, zone: str) -> Load:
    begins, ends = clock.at(day, time()), clock.at(day + timedelta(days=1), time())
    visits = diary.of_technician(technician.id, begins, ends)
    found = clashes(visits)
    absence = diary.absence_at(technician.id, begins, ends)
    away = f"ausente até {until(absence.ends_at, zone)}" if absence else ""
    told = [(one, ", ".join(found.get(at, []))) for at, one in enumerate(visits)]
    return Load(day, told, sum(minutes_of(one) for one in visits), worked, clashing_minutes(visits), away)
