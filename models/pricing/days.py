"""The days of a service as a set: which are charged, where the holes are, and what a stretch of them costs (D-05)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from models.pricing.arithmetic import Composition, DayBase, Part, Period
from models.pricing.cycle import prorated
from models.pricing.due_dates import anchored

DAY = timedelta(days=1)


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same days, as few periods as they need, in order."""
    found: list[Period] = []
    for period in sorted(periods, key=lambda each: each.from_):
        if found and period.from_ <= found[-1].to + DAY:
            found[-1] = Period(found[-1].from_, max(found[-1].to, period.to))
        else:
            found.append(period)
    return found


def without(days: Iterable[Period], taken: Iterable[Period]) -> list[Period]:
    """The days of some periods that none of the others has."""
    left = merged(days)
    for other in merged(taken):
        left = [piece for period in left for piece in _around(period, other)]
    return left


def holes(begins: date, covered: Iterable[Period]) -> list[Period]:
    """The days from `begins` up to the last covered one that are not covered."""
    known = merged(covered)
    if not known or known[-1].to < begins:
        return []
    return without([Period(begins, known[-1].to)], known)


def use_between(
    composition: Composition, days: Period, anchor: int, base: DayBase, charged: Sequence[Period] = ()
) -> tuple[Part, ...]:
    """What days of use cost that need not end on a due date: each cycle a full month or pro-rata (D-05).

    A cycle is a part, or several where items begin in it. `charged` are days charged before, as in `prorated`.
    """
    parts: list[Part] = []
    start = days.from_
    while start <= days.to:
        cycle = cycle_of(start, anchor)
        end = min(cycle.to, days.to)
        parts += prorated(composition, Period(start, end), cycle, base, charged)
        start = end + DAY
    return tuple(parts)


@lru_cache(maxsize=4096)
def cycle_of(day: date, anchor: int) -> Period:
    """The month from anchor to anchor that a day lies in."""
    begins = anchored(day, 0, anchor)
    if begins > day:
        begins = anchored(day, -1, anchor)
    return Period(begins, anchored(begins, 1, anchor) - DAY)


def _around(period: Period, other: Period) -> Iterator[Period]:
    """What is left of a period without another one."""
    if period.from_ < other.from_:
        yield Period(period.from_, min(period.to, other.from_ - DAY))
    if period.to > other.to:
        yield Period(max(period.from_, other.to + DAY), period.to)
