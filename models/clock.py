"""The only place that reads the time. Storage is UTC, days are the company's local days.

A day of a row is counted in the zone of its company: `today_of(row)` and `zone_of(row)` of models/operators. Without a
zone it is that of whoever looks, for pages over rows of several companies; tests/shape/test_zones.py names them all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "America/Sao_Paulo"

_zone: ContextVar[str] = ContextVar("zone", default=ZONE)
_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """The present moment, aware UTC, whole seconds."""
    return (_fixed.get() or datetime.now(UTC)).replace(microsecond=0)


def today(zone: str | None = None) -> date:
    """The local day of a company; without a zone, of the company somebody works in."""
    return local(now(), zone).date()


def local(moment: datetime, zone: str | None = None) -> datetime:
    return moment.astimezone(ZoneInfo(zone or _zone.get()))


def month_of(day: date) -> str:
    """'YYYY-MM', the form in which months are stored."""
    return f"{day:%Y-%m}"


def first_of_next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def end_of(day: date, zone: str | None = None) -> datetime:
    """The last second of a local day, in UTC."""
    return at(day, time(23, 59, 59), zone)


def at(day: date, hour: time, zone: str | None = None) -> datetime:
    """A local day and hour as a moment, in UTC."""
    return datetime.combine(day, hour, ZoneInfo(zone or _zone.get())).astimezone(UTC)


@contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Days and hours inside are those of this zone: the company somebody works in."""
    token = _zone.set(zone)
    try:
        yield
    finally:
        _zone.reset(token)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Stop the clock, for tests and for `flask routines run NAME --for DATE`."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
