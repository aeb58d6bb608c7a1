"""The arithmetic of deadlines: minutes counted while a horário is open, in the zone of a company (A-37, D-15, D-18).

Pure: rows come in, moments go out, nothing is asked or written. A horário of None is open day and night.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.workflows.hours import HoursProfile
from models.workflows.sla import SlaTable

MINUTE = timedelta(minutes=1)


def minutes_of(table: SlaTable, sla_type: str) -> int:
    """The time a table gives to one of SLA_TYPES, in minutes (A-36)."""
    return int(getattr(table, f"{sla_type}_minutes"))


def add_working(start: datetime, minutes: int, profile: HoursProfile | None, zone: str) -> datetime:
    """The moment, in UTC, at which so many open minutes have passed since `start`, an aware moment.

    It is the end of an open minute: an amount that fills a day is due at its closing, not at the next opening.
    No minutes are over at once. Raises ValueError for a negative amount.
    """
    if minutes < 0:
        raise ValueError("a deadline is counted forward")
    left, start = minutes * MINUTE, start.astimezone(UTC)
    if profile is None or not left:
        return start + left
    for begins, ends in _open_from(start, profile, ZoneInfo(zone)):
        if ends - begins >= left:
            return begins + left
        left -= ends - begins
    raise AssertionError("a horário is never closed for ever")


def working_between(start: datetime, end: datetime, profile: HoursProfile | None, zone: str) -> int:
    """The whole open minutes between two aware moments; 0 when `end` is not after `start`."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if profile is None:
        return max(end - start, timedelta()) // MINUTE
    passed = timedelta()
    for begins, ends in _open_from(start, profile, ZoneInfo(zone)):
        if begins >= end:
            break
        passed += min(ends, end) - begins
    return passed // MINUTE


def _open_from(start: datetime, profile: HoursProfile, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The open intervals after a moment, in UTC and in order, without end; the one it falls in from there on."""
    day = start.astimezone(zone).date()
    while True:
        for first, last in profile.open_on(day):
            begins, ends = max(start, _moment(day, first, zone)), _moment(day, last, zone)
            if begins < ends:
                yield begins, ends
        day += timedelta(days=1)


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When the clock on the wall first shows this minute of a day, or a later one where summer time leaves it out."""
    wall = datetime.combine(day, time()) + minute * MINUTE
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    while (found - MINUTE).astimezone(zone).replace(tzinfo=None) >= wall:
        found -= MINUTE
    return found
