"""The next free hours of technicians: where a visit of so many minutes fits into their days (A-88)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select

from models import clock
from models.base import db
from models.work_orders.status import PENDING
from models.work_orders.work_order import WorkOrder

BEGINS, ENDS = time(8), time(18)  # of a day in the field
STEP = timedelta(minutes=30)
DAYS = 7

Stretch = tuple[datetime, datetime]


class FreeHour(NamedTuple):
    technician_id: int
    starts_at: datetime
    ends_at: datetime
    first: bool  # nothing stands before it on that day


def free_hours(technicians: Iterable[int], minutes: int, zone: str, besides: int, most: int = 3) -> list[FreeHour]:
    """The first free hour of each technician, and more of whoever is free sooner; the earliest first, one question.

    Between 8 and 18 of the week to come, on every half hour; Sundays stay free.
    """
    who, today = list(technicians), clock.today(zone)
    taken = _taken(who, clock.at(today, time(), zone), clock.at(today + timedelta(days=DAYS), time(), zone), besides)
    found: list[FreeHour] = []
    for number in range(DAYS):
        day = today + timedelta(days=number)
        if day.weekday() == 6:
            continue
        for technician in who:
            free = _first(day, timedelta(minutes=minutes), zone, taken.get(technician, []))
            if free:
                found.append(FreeHour(technician, *free))
        if len(found) >= most:
            break
    return sorted(found, key=lambda free: (free.starts_at, free.technician_id))[:most]


def _first(day: date, lasts: timedelta, zone: str, taken: list[Stretch]) -> tuple[datetime, datetime, bool] | None:
    start, end = clock.at(day, BEGINS, zone), clock.at(day, ENDS, zone)
    now = clock.now()
    while start + lasts <= end:
        if start >= now and all(start + lasts <= begins or start >= ends for begins, ends in taken):
            before = any(clock.local(begins, zone).date() == day and begins < start for begins, _ in taken)
            return start, start + lasts, not before
        start += STEP
    return None


def _taken(technicians: list[int], begins: datetime, ends: datetime, besides: int) -> dict[int, list[Stretch]]:
    rows = select(WorkOrder.technician_id, WorkOrder.starts_at, WorkOrder.ends_at)
    rows = rows.where(WorkOrder.technician_id.in_(technicians), WorkOrder.status.in_(PENDING))
    rows = rows.where(WorkOrder.starts_at < ends, WorkOrder.ends_at > begins, WorkOrder.id != besides)
    rows = rows.execution_options(every_company="somebody is at one place at a time, whoever sent them")
    found: dict[int, list[Stretch]] = {}
    for technician, starts_at, ends_at in db.session.execute(rows):
        if technician and starts_at and ends_at:
            found.setdefault(technician, []).append((starts_at, ends_at))
    return found
