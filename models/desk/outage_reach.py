"""Whom an outage touches, who of them is online, and how that fell: for its page, and before it is noted (B-23)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, distinct, func, select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.desk.signs import Sign, sign_of_service
from models.keyset import By, Key, Keyset
from models.network import Connection, RadiusSession
from models.network.silence import QUIET_AFTER
from models.network.standing import Standing, standings
from models.people import Address, Person, PersonGroup
from models.services import Service

PAGE = 25
NAMED = 3
LOOKS_BACK = timedelta(hours=24)  # for the fall that suggests when it stopped
TOGETHER = timedelta(minutes=10)  # what ended within these ended together
POINTS = 14  # of the line
SHORTEST = timedelta(minutes=130)  # that it shows
BEFORE = timedelta(minutes=60)  # of it from before the stop
ORDER = Keyset(By(Service.id))
Which = Sequence[ColumnElement[bool]]
Stay = tuple[int | None, datetime, datetime | None]


class Reach(NamedTuple):
    """How many services, customers and organizations; connections that are let in, and of them online."""

    services: int
    people: int
    organizations: int
    connections: int
    online: int
    urgent: list[str]  # customers of high priority, the first few

    @property
    def down(self) -> int:
        return self.connections - self.online


class Point(NamedTuple):
    at: datetime
    online: int


class Fall(NamedTuple):
    """How many were online along a time; `stopped` is when most of those that are off fell together."""

    points: list[Point]
    stopped: datetime | None


class TouchedRow(NamedTuple):
    """A service in the list, with how its connection stands; none of a telephone."""

    service: Service
    name: str
    district: str
    priority: int
    stands: Standing | None

    @property
    def sign(self) -> Sign:
        return sign_of_service(self.service)


def reach(which: Which) -> Reach:
    """Three questions, whatever the number."""
    firms = case((Person.kind == "organization", Person.id))
    of = select(func.count(Service.id), func.count(distinct(Person.id)), func.count(distinct(firms)))
    counted = db.session.execute(of.join(Person, Person.id == Service.person_id).where(*which)).one()
    heard = and_(RadiusSession.stopped_at.is_(None), RadiusSession.updated_at >= clock.now() - QUIET_AFTER)
    lines = select(func.count(distinct(Connection.id)), func.count(distinct(RadiusSession.connection_id)))
    lines = lines.join(Service, Service.id == Connection.service_id)
    lines = lines.outerjoin(RadiusSession, and_(RadiusSession.connection_id == Connection.id, heard))
    stand = db.session.execute(lines.where(*which, *_let_in())).one()
    urgent = select(Person.name).join(PersonGroup, PersonGroup.id == Person.group_id).where(PersonGroup.priority > 0)
    urgent = urgent.where(Person.id.in_(select(Service.person_id).where(*which)))
    names = db.session.scalars(urgent.order_by(PersonGroup.priority.desc(), Person.name).limit(NAMED + 1)).all()
    return Reach(*counted, *stand, list(names))


def fall(which: Which, since: datetime | None = None, until: datetime | None = None) -> Fall:
    """The line of an outage that stopped at `since`, until it was back or now; one question.

    Without `since` of the last hours, and when they fell: of a day, where many did together.
    """
    now = clock.now()
    ends = until or now
    begins = min(since - BEFORE, ends - SHORTEST) if since else ends - SHORTEST
    stays = _stays(which, begins if since else min(begins, now - LOOKS_BACK), now)
    came = sorted(begin for _, begin, _ in stays)
    went = sorted(end for _, _, end in stays if end)
    step = (ends - begins) / (POINTS - 1)
    moments = [begins + step * number for number in range(POINTS)]
    points = [Point(at, bisect_right(came, at) - bisect_right(went, at)) for at in moments]
    return Fall(points, None if since else _together(stays))


def customers(which: Which, after: Key | None = None, *, down: bool = False) -> tuple[list[TouchedRow], Key | None]:
    """A page of the services, and behind which one the next begins; `down`: those without session. Four questions."""
    rows = select(Service, Person.name, Address.district, func.coalesce(PersonGroup.priority, 0))
    rows = rows.join(Person, Person.id == Service.person_id).join(Address, Address.id == Service.address_id)
    rows = rows.outerjoin(PersonGroup, PersonGroup.id == Person.group_id).where(*which)
    if down:
        rows = rows.where(Service.id.in_(_down()))
    found = db.session.execute(ORDER.page(rows, after, PAGE)).all()
    shown = found[:PAGE]
    ids = [row.Service.id for row in shown]
    stand: dict[int, Standing] = {}
    for row in standings(Connection.service_id.in_(ids), Connection.medium.is_not(None)) if ids else []:
        stand.setdefault(row.service.id, row)
    page = [TouchedRow(row[0], row[1], row[2], row[3], stand.get(row[0].id)) for row in shown]
    return page, (ORDER.of(shown[-1].Service) if len(found) > PAGE else None)


def names_down(which: Which, most: int = NAMED) -> list[str]:
    """The first customers without session, one more than `most` when there are."""
    rows = select(Person.name, func.min(Service.id)).join(Service, Service.person_id == Person.id)
    rows = rows.where(*which, Service.id.in_(_down())).group_by(Person.id, Person.name)
    return [name for name, _ in db.session.execute(rows.order_by(func.min(Service.id)).limit(most + 1))]


def _let_in() -> list[ColumnElement[bool]]:
    """Connections that should be online: nobody counts a telephone, nor who is suspended."""
    return [Connection.medium.is_not(None), Service.status.in_(("active", "reduced"))]


def _down() -> Select[int]:
    """The services that should be online and are not."""
    heard = select(RadiusSession.connection_id).where(
        RadiusSession.stopped_at.is_(None),
        RadiusSession.updated_at >= clock.now() - QUIET_AFTER,
        RadiusSession.connection_id.is_not(None),
    )
    rows = select(Connection.service_id).join(Service, Service.id == Connection.service_id)
    return rows.where(*_let_in(), Connection.id.not_in(heard))


def _stays(which: Which, since: datetime, now: datetime) -> list[Stay]:
    """Connection, begin and end of each session since a moment; one that went silent ended with its last word."""
    # By the index of a connection's sessions: those begun since, and the one before, which may reach into it.
    before = aliased(RadiusSession)
    first = select(func.max(before.started_at)).where(before.connection_id == Connection.id, before.started_at <= since)
    reaches = RadiusSession.started_at >= func.coalesce(first.correlate(Connection).scalar_subquery(), since)
    rows = select(
        RadiusSession.connection_id, RadiusSession.started_at, RadiusSession.stopped_at, RadiusSession.updated_at
    )
    rows = rows.join(Connection, Connection.id == RadiusSession.connection_id)
    rows = rows.join(Service, Service.id == Connection.service_id)
    rows = rows.where(*which, *_let_in(), reaches)
    quiet = now - QUIET_AFTER
    stays: list[Stay] = [
        (id, begin, end or (heard if heard < quiet else None)) for id, begin, end, heard in db.session.execute(rows)
    ]
    return [(id, begin, end) for id, begin, end in stays if end is None or end > max(begin, since)]


def _together(stays: list[Stay]) -> datetime | None:
    """When most of those that are off went off, if it is half of them and a quarter of all; its first moment."""
    on = {id for id, _, end in stays if end is None}
    last: dict[int | None, datetime] = {}
    for id, _, end in stays:
        if end and id not in on:
            last[id] = max(end, last.get(id, end))
    ended = sorted(last.values())
    best = max(((bisect_right(ended, at + TOGETHER) - number, at) for number, at in enumerate(ended)), default=None)
    if best is None or best[0] * 2 < len(ended) or best[0] * 4 < len(on | last.keys()):
        return None
    return next(at for number, at in enumerate(ended) if bisect_right(ended, at + TOGETHER) - number == best[0])
