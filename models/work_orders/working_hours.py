"""The working hours of the field: which stretches of a day are open, and why a day is closed (B-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from holidays import country_holidays
from sqlalchemy import Select, select

from models import clock
from models.base import db
from models.operators import Company
from models.scope import TODAS
from models.work_orders.agenda_settings import USUAL_TRAVEL, AgendaSettings
from models.work_orders.local_holiday import LocalHoliday
from models.workflows import HoursProfile
from models.workflows.hours import Week, minute_of

Stretch = tuple[datetime, datetime]
USUAL_WEEK: Week = {str(day): [["08:00", "18:00"]] for day in range(6)}  # of a company that chose no horário


class Local(NamedTuple):
    """A local holiday: its day, whether it comes back every year, its name."""

    day: date
    yearly: bool
    name: str

    def is_on(self, day: date) -> bool:
        return (self.day.month, self.day.day) == (day.month, day.day) if self.yearly else self.day == day


@dataclass(frozen=True)
class WorkingHours:
    """Those of one company, on its clock."""

    zone: str
    week: Week
    national: bool  # closed on national holidays
    local: tuple[Local, ...]
    travel: timedelta  # between two visits of one technician

    @classmethod
    def of(cls, company_id: int) -> WorkingHours:
        return cls.by_company()[company_id]

    @classmethod
    def by_company(cls) -> dict[int, WorkingHours]:
        """Those of each company that whoever acts sees, which follows TODAS where it chose nothing; one question."""
        zones, chosen, local = dict[int, str](), dict[int, Any](), dict[int, dict[int, Local]]()
        for row in db.session.execute(_settings()):
            zones[row.id] = row.zone
            if row.travel_minutes is not None:
                chosen[row.id] = row
            if row.holiday:
                local.setdefault(row.id, {})[row.holiday] = Local(row.day, row.yearly, row.name)
        found = {}
        for id, zone in zones.items():
            mine = chosen.get(id) or chosen.get(TODAS)
            days = {**local.get(TODAS, {}), **local.get(id, {})}
            found[id] = cls(
                zone,
                mine.week if mine and mine.week else USUAL_WEEK,
                mine.holidays if mine and mine.week else True,
                tuple(days.values()),
                timedelta(minutes=mine.travel_minutes if mine else USUAL_TRAVEL),
            )
        return found

    def holiday_on(self, day: date) -> str:
        """The name of the holiday a day is; empty on any other day."""
        own = next((one.name for one in self.local if one.is_on(day)), "")
        return own or (_national(day.year).get(day, "") if self.national else "")

    def open_on(self, day: date) -> list[Stretch]:
        """The open stretches of a day, in order; none when it is closed."""
        if self.holiday_on(day):
            return []
        hours = self.week.get(str(day.weekday()), [])
        return [(self._at(day, start), self._at(day, end)) for start, end in hours]

    def minutes_on(self, day: date) -> int:
        """How much of a day is worked."""
        return sum(int((end - start).total_seconds()) // 60 for start, end in self.open_on(day))

    def is_open(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Is it open from the first minute of a visit to its last, over midnight too?"""
        first = clock.local(starts_at, self.zone).date()
        open_until = starts_at
        for begins, ends in (*self.open_on(first), *self.open_on(first + timedelta(days=1))):
            if begins <= open_until:
                open_until = max(open_until, ends)
        return open_until >= ends_at

    def _at(self, day: date, hour: str) -> datetime:
        minute = minute_of(hour)
        on = day + timedelta(days=minute // (24 * 60))
        return clock.at(on, time(minute // 60 % 24, minute % 60), self.zone)


@cache
def _settings() -> Select[*tuple[Any, ...]]:
    """A company in each row, once for each of its holidays; those of TODAS stand with TODAS."""
    in_use = (LocalHoliday.company_id == Company.id) & LocalHoliday.inactive_since.is_(None)
    return (
        select(Company.id, Company.zone, AgendaSettings.travel_minutes, HoursProfile.week, HoursProfile.holidays)
        .add_columns(LocalHoliday.id.label("holiday"), LocalHoliday.day, LocalHoliday.yearly, LocalHoliday.name)
        .outerjoin(AgendaSettings, AgendaSettings.company_id == Company.id)
        .outerjoin(HoursProfile, HoursProfile.id == AgendaSettings.hours_profile_id)
        .outerjoin(LocalHoliday, in_use)
    )


@lru_cache(maxsize=256)
def _national(year: int) -> dict[date, str]:
    """The national holidays of a year, by law, with their names."""
    return dict(country_holidays("BR", years=year, language="pt_BR"))
