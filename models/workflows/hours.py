"""Horário: when a clock of SLA runs. A week of open intervals, closed on national holidays or not (A-36)."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, ClassVar

from holidays import country_holidays
from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.workflows.chosen_row import ChosenRow

Week = dict[str, list[list[str]]]  # "0" is Monday; each interval [from, until], "24:00" the end of the day

DAYS = ("Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo")
LEAST_MINUTES = 60  # open in a week, so that every deadline lies within years
MOST_INTERVALS = 4  # in a day
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


class HoursProfile(ChosenRow, Base):
    __tablename__ = "hours_profile"
    kind: ClassVar[str] = "o horário"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    week: Mapped[Week] = mapped_column(JSON, info={"title": "horas da semana"})
    holidays: Mapped[bool] = mapped_column(default=True, info={"title": "fecha em feriado nacional"})
    inactive_since: Mapped[datetime | None]

    def open_on(self, day: date) -> list[tuple[int, int]]:
        """The open intervals of a local day, in minutes since midnight, in order; none when it is closed."""
        if self.holidays and day in national_holidays(day.year):
            return []
        return [(minute_of(start), minute_of(end)) for start, end in self.week.get(str(day.weekday()), [])]

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        errors |= week_errors(new.get("week", {}))
        if not isinstance(new.get("holidays", True), bool):
            errors["holidays"] = "Diga se fecha em feriado nacional."
        return errors

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        """Closed days left out and intervals in order, so that the same week is the same value."""
        week = values.get("week")
        if not isinstance(week, dict):
            return values
        return {**values, "week": {day: sorted(week[day]) for day in sorted(week) if week[day]}}


def week_errors(week: Week) -> dict[str, str]:
    """Why these are no working hours: 'day_0' is Monday, 'week' all days together."""
    errors = {f"day_{day}": refusal for day in week if (refusal := _refusal_to_day(week[day]))}
    open_minutes = [minute_of(end) - minute_of(start) for day in week.values() for start, end in day if not errors]
    if not errors and sum(open_minutes) < LEAST_MINUTES:
        errors["week"] = "Escreva ao menos uma hora aberta na semana: com tudo fechado o prazo nunca venceria."
    return errors


def _refusal_to_day(intervals: list[list[str]]) -> str | None:
    hours = [hour for interval in sorted(intervals) for hour in interval]
    if not all(_HOUR.fullmatch(hour) for hour in hours):
        return "Escreva as horas como 08:00-12:00, 13:00-18:00."
    if len(intervals) > MOST_INTERVALS:
        return f"Escreva no máximo {MOST_INTERVALS} intervalos no dia."
    if any(start >= end for start, end in intervals):
        return "Cada intervalo começa antes de terminar. Exemplo: 08:00-12:00, 13:00-18:00."
    if hours != sorted(hours):
        return "Um intervalo começa antes de o outro terminar. Acerte as horas."
    return None


def day_in_words(intervals: list[list[str]]) -> str:
    """'08:00-12:00, 13:00-18:00', as it is typed."""
    return ", ".join("-".join(interval) for interval in intervals)


def week_in_words(week: Week) -> str:
    """'Segunda a Sexta 08:00-12:00, 13:00-18:00; Sábado 08:00-12:00'; days without hours are closed."""
    told = []
    for hours, days in groupby(range(7), lambda day: day_in_words(week.get(str(day), []))):
        first, *rest = days
        named = f"{DAYS[first]}{' a ' if len(rest) > 1 else ' e '}{DAYS[rest[-1]]}" if rest else DAYS[first]
        told += [f"{named} {hours}"] if hours else []
    return "; ".join(told)


@lru_cache(maxsize=256)
def national_holidays(year: int) -> frozenset[date]:
    """The national holidays of a year, by law; optional days such as Carnaval are working days."""
    return frozenset(country_holidays("BR", years=year))


def minute_of(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])
