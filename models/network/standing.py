"""Is a connection online, since when, and how do we know: read from accounting alone (decision 038, A-25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.network.access_concentrator import AccessConcentrator
from models.network.accounting import RadiusSession
from models.network.connection import Connection
from models.network.silence import QUIET_AFTER
from models.operators import Company
from models.services import Service
from models.wording import near


class Standing(NamedTuple):
    """A connection with its last session, open or not, and what its concentrator was last heard to say."""

    connection: Connection
    service: Service
    concentrator: AccessConcentrator | None  # where it should dial
    zone: str
    session: RadiusSession | None
    seen_at: str | None  # the name of the concentrator of its last session
    news: datetime | None = None  # asked only of one that is not known to be online
    now: datetime | None = None

    @property
    def address(self) -> str | None:
        """By which its concentrator signs: that of its last session, else the one it should dial at."""
        if self.session:
            return self.session.nas_address
        return self.concentrator.address if self.concentrator else None

    @property
    def where(self) -> str:
        """The concentrator it is or was at, by name when we know it; empty when it never was and none is planned."""
        planned = self.concentrator.name if self.concentrator else ""
        return self.seen_at or (self.session.nas_address if self.session else planned)

    @property
    def is_online(self) -> bool:
        return self._open and not self._quiet(self.session.updated_at if self.session else None)

    @property
    def state(self) -> str:
        """online, unknown (its concentrator, or the session, has been silent), offline, or never (not once online)."""
        if self.is_online:
            return "online"
        if self._open or self._quiet(self.news):
            return "unknown"
        return "offline" if self.session else "never"

    @property
    def since(self) -> datetime | None:
        """Since when it is so; of what is unknown, when it was known last."""
        if self.state == "online":
            return self.session.started_at if self.session else None
        if self._open:
            return self.session.updated_at if self.session else None
        ended = self.session.stopped_at if self.session else None
        if self.state == "unknown":
            return max(filter(None, (self.news, ended)), default=None)
        return ended

    @property
    def cause(self) -> str:
        """Why the last session ended, in words; the word of the equipment where it is none of the usual."""
        return self.session.cause if self.session else ""

    @property
    def words(self) -> str:
        """'Online desde hoje às 09:12', 'Sem dados desde hoje às 14:02'."""
        since = near(self.since, self.zone) if self.since else ""
        if self.state == "offline":
            return f"Offline desde {since}" + (f": {self.cause}" if self.cause else "")
        return {
            "online": f"Online desde {since}",
            "unknown": f"Sem dados desde {since}",
            "never": "Ainda não se conectou",
        }[self.state]

    @property
    def last_ipv4(self) -> str | None:
        return self.session.ipv4 if self.session else None

    @property
    def _open(self) -> bool:
        return self.session is not None and self.session.stopped_at is None

    def _quiet(self, at: datetime | None) -> bool:
        return at is not None and at < (self.now or clock.now()) - QUIET_AFTER


def standings(*which: ColumnElement[bool]) -> list[Standing]:
    """How the connections of some conditions stand, the oldest first: two questions, whatever their number."""
    found, now = db.session.execute(_asked().where(*which)).all(), clock.now()
    rows = [Standing._make((*row, None, now)) for row in found]
    asked = {row.address for row in rows if not row.is_online and row.address}
    news = _news(sorted(asked)) if asked else {}
    return [row._replace(news=news.get(row.address or "")) for row in rows]


def by_service(person_id: int) -> dict[int, list[Standing]]:
    """Those of a customer by service; of a telephone, which comes over somebody's line, there is nothing to tell."""
    found: dict[int, list[Standing]] = {}
    for row in standings(Service.person_id == person_id, Connection.medium.is_not(None), Service.status != "cancelled"):
        found.setdefault(row.service.id, []).append(row)
    return found


def standing(connection_id: int) -> Standing | None:
    """Of one, or None when whoever acts does not see it."""
    return next(iter(standings(Connection.id == connection_id)), None)


def _asked() -> Any:
    seen_at, other = aliased(AccessConcentrator), aliased(RadiusSession)
    last = select(other.id).where(other.connection_id == Connection.id)
    last = last.order_by(other.started_at.desc(), other.id.desc()).limit(1)
    return (
        select(Connection, Service, AccessConcentrator, Company.zone, RadiusSession, seen_at.name)
        .join(Service, Service.id == Connection.service_id)
        .join(Company, Company.id == Connection.company_id)
        .outerjoin(AccessConcentrator, AccessConcentrator.id == Connection.concentrator_id)
        .outerjoin(RadiusSession, RadiusSession.id == last.correlate(Connection).scalar_subquery())
        .outerjoin(seen_at, seen_at.address == RadiusSession.nas_address)
        .order_by(Connection.id)
    )


def _news(addresses: Sequence[str]) -> dict[str, datetime]:
    """When each concentrator was last heard of anybody who is on it."""
    open_ones = select(RadiusSession.nas_address, func.max(RadiusSession.updated_at)).where(
        RadiusSession.stopped_at.is_(None), RadiusSession.nas_address.in_(addresses)
    )
    return dict(db.session.execute(open_ones.group_by(RadiusSession.nas_address)).all())
