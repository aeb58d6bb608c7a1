"""The only place that reads the time (architecture 3.7). Storage is UTC, days are the company's local days."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "America/Sao_Paulo"

_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """The present moment, aware UTC, whole seconds."""
    return (_fixed.get() or datetime.now(UTC)).replace(microsecond=0)


def today(zone: str = ZONE) -> date:
    """The local day of a company."""
    return local(now(), zone).date()


def local(moment: datetime, zone: str = ZONE) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def month_of(day: date) -> str:
    """'YYYY-MM', the form in which months are stored."""
    return f"{day:%Y-%m}"


def first_of_next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def end_of(day: date, zone: str = ZONE) -> datetime:
    """The last second of a local day, in UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Stop the clock, for tests and for `flask routines run NAME --for DATE`."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
