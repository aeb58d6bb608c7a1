"""The days a report looks at, and the days, weeks or months its rows stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from models import clock
from models.refused import Refused
from models.wording import day, month_name

LONGEST = timedelta(days=366)
MOST_DAYS, MOST_WEEKS = 31, 26  # one row each; a longer period has a row a week, then a row a month
WEEKDAYS = ("seg", "ter", "qua", "qui", "sex", "sáb", "dom")
S = TypeVar("S", bound=Select[*tuple[Any, ...]])


class Step(NamedTuple):
    """What one row stands for, both days included; `kind` is 'day', 'week' or 'month'."""

    kind: str
    start: date
    end: date

    @property
    def name(self) -> str:
        """'ter 10/11/2026', '09/11 a 15/11/2026', 'novembro/2026'."""
        if self.kind == "day":
            return f"{WEEKDAYS[self.start.weekday()]} {day(self.start)}"
        if self.kind == "week":
            return f"{self.start:%d/%m} a {day(self.end)}"
        return f"{month_name(self.start)}/{self.start:%Y}"

    @property
    def short(self) -> str:
        """Its name inside the period, at the beginning of a sentence."""
        return self.name.rsplit("/", 1)[0]

    @property
    def word(self) -> str:
        """What stands below its column; of a day, whoever draws it says."""
        return {"day": "", "week": f"{self.start:%d/%m}"}.get(self.kind, month_name(self.start)[:3])


@dataclass(frozen=True)
class Period:
    """The days a report looks at, both included, and one company or all that may be seen."""

    start: date
    end: date
    company_id: int | None = None

    @classmethod
    def this_month(cls) -> Period:
        today = clock.today()
        return cls(today.replace(day=1), clock.first_of_next_month(today) - timedelta(days=1))

    @classmethod
    def offered(cls) -> list[tuple[str, Period]]:
        """What is asked for most, by its name: this month, the one before, and three."""
        this = cls.this_month()
        before = cls((this.start - timedelta(days=1)).replace(day=1), this.start - timedelta(days=1))
        third = cls((before.start - timedelta(days=1)).replace(day=1), this.end)
        names = [month_name(one.start).capitalize() for one in (this, before)]
        return list(zip([*names, "3 meses"], (this, before, third), strict=True))

    @classmethod
    def of(cls, start: date | None, end: date | None, company_id: int | None) -> Period:
        """Raises Refused with the field at fault."""
        errors = {}
        if start is None:
            errors["inicio"] = "Escolha o primeiro dia."
        if end is None:
            errors["fim"] = "Escolha o último dia."
        if start and end and end < start:
            errors["fim"] = "O último dia vem antes do primeiro. Troque um dos dois."
        elif start and end and end - start > LONGEST:
            errors["fim"] = "O relatório olha no máximo um ano. Escolha um período menor."
        if errors or start is None or end is None:
            raise Refused(errors=errors)
        return cls(start, end, company_id)

    def seen(self, rows: S, day: InstrumentedAttribute[date], company: InstrumentedAttribute[int]) -> S:
        """Only the rows of these days, and of the company that was asked for."""
        return self.of_company(rows.where(day.between(self.start, self.end)), company)

    def of_company(self, rows: S, company: InstrumentedAttribute[int]) -> S:
        """Only those of the company that was asked for, whatever their days."""
        return rows if self.company_id is None else rows.where(company == self.company_id)

    @property
    def kind(self) -> str:
        """What a row stands for: 'day', 'week' or 'month'."""
        days = (self.end - self.start).days + 1
        return "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS * 7 else "month"

    def steps(self) -> list[Step]:
        """Its days, its weeks from Monday or its months, of which the first and the last may be cut."""
        kind, found, at = self.kind, list[Step](), self.start
        while at <= self.end:
            end = min(_end_of(kind, at), self.end)
            found.append(Step(kind, at, end))
            at = end + timedelta(days=1)
        return found

    def by_step(self, rows: Iterable[Any], day_of: Callable[[Any], date]) -> dict[Step, list[Any]]:
        """Rows by the step their day is in; each step is there, in its order."""
        found: dict[Step, list[Any]] = {step: [] for step in self.steps()}
        ends = [step.end for step in found]
        steps = list(found)
        for row in rows:
            found[steps[bisect_left(ends, day_of(row))]].append(row)
        return found


def _end_of(kind: str, at: date) -> date:
    if kind == "day":
        return at
    if kind == "week":
        return at + timedelta(days=6 - at.weekday())
    return clock.first_of_next_month(at) - timedelta(days=1)
