"""Which period of a service is charged next, by the monthly run or by a carnê (D-05)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from models.pricing.due_dates import first_due

DAY = timedelta(days=1)
_first_due = lru_cache(maxsize=4096)(first_due)  # thousands share due day and start


def next_period(
    starts_on: date, charged_until: date | None, due_day: int, billing_type: str, bills_from: date | None
) -> tuple[date, date]:
    """Where the next charge of a service begins, and when it is due (D-05).

    The day after the last one charged; for a service that was never charged the start of its use, or the cycle
    around `bills_from` when the house took it over from another system.
    """
    prepaid = billing_type == "prepaid"
    if charged_until:
        start = charged_until + DAY
        return start, _first_due(start - DAY if prepaid else start, due_day)
    if bills_from and starts_on < bills_from:
        due_on = _first_due(bills_from - DAY, due_day)
        return (due_on, due_on) if prepaid else (_cycle_before(due_on, due_day), due_on)
    return starts_on, _first_due(starts_on, due_day)


def _cycle_before(due_on: date, due_day: int) -> date:
    """The due date of the month before."""
    return _first_due((due_on.replace(day=1) - DAY).replace(day=1) - DAY, due_day)
