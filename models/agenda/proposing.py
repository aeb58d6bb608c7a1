"""The free hours proposed for orders: the first of each technician on each day, put in order (X-14, B-21)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from models import clock
from models.agenda.diary import DAYS, Diary, Technician
from models.agenda.distance import Place, distance
from models.agenda.proposals import Neighbour, Proposal, in_order
from models.agenda.visits import Visit


class Asked(NamedTuple):
    """What an order needs: its company, how long it takes, its group and deadline, and where it is."""

    company_id: int
    minutes: int
    group_id: int | None
    due_at: datetime | None
    place: Place
    order_id: int = 0  # its own visit of now takes no time of the next one

    @classmethod
    def of(cls, visit: Visit) -> Asked:
        return cls(visit.company_id, visit.minutes, visit.group_id, visit.due_at, visit.place, visit.id)


def propose(diary: Diary, asked: Asked, most: int = 3) -> list[Proposal]:
    """The best free hours of the week to come, at most one of each technician and day; no question.

    Each lies within working hours, on no holiday, clear of absences, with the way to the neighbours left free.
    """
    zone = diary.hours(asked.company_id).zone
    today = clock.today(zone)
    there = [one for one in diary.technicians.values() if one.works_in(asked.company_id)]
    found: list[Proposal] = []
    for in_group in (True, False):  # whoever is not of the group comes behind all who are
        if len(found) < most:
            for technician in there:
                if _is_of(technician, asked.group_id) == in_group:
                    days = (_on(diary, asked, technician, today + timedelta(days=ahead)) for ahead in range(DAYS))
                    found += filter(None, days)
    return in_order(found)[:most]


def _is_of(technician: Technician, group_id: int | None) -> bool:
    return group_id is None or group_id in technician.groups


def _on(diary: Diary, asked: Asked, technician: Technician, day: date) -> Proposal | None:
    start = diary.first_free(technician.id, day, asked.minutes, asked.company_id, asked.order_id)
    if start is None:
        return None
    ends_at = start + timedelta(minutes=asked.minutes)
    there = [one for one in diary.on_day(technician.id, day, asked.company_id) if one.id != asked.order_id]
    near = min(
        (
            Neighbour(one.starts_at, one.place.street, distance(asked.place, one.place))
            for one in there
            if one.starts_at
        ),
        key=lambda one: (one.distance, one.starts_at),
        default=None,
    )
    late = None if asked.due_at is None else max(ends_at - asked.due_at, timedelta())
    return Proposal(
        technician.id,
        technician.name,
        _is_of(technician, asked.group_id),
        start,
        ends_at,
        near,
        all(one.starts_at is None or one.starts_at > start for one in there),
        late,
    )
