"""What was counted of one connection: its sessions, tries to enter, traffic now and consumption (C-57)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select

from models import clock
from models.base import db
from models.keyset import By, Key, Keyset
from models.network.accounting import RadiusAuthLog, RadiusSession, Traffic
from models.network.silence import QUIET_AFTER
from models.network.usage import UsageHour

REASONS = {
    "senha-invalida": "senha errada",
    "login-desconhecido": "login desconhecido",
    "desativado": "conexão desligada",
    "mac-nao-autorizado": "MAC não autorizado",
}
ORDER = Keyset(By(RadiusSession.started_at, descending=True), By(RadiusSession.id, descending=True))
WEEK = 7  # days, today with them


class Rate(NamedTuple):
    """What passed between the last two accountings of an open session: their mean, for nothing nearer is counted."""

    at: datetime
    seconds: int
    up_bytes: int
    down_bytes: int

    @property
    def is_old(self) -> bool:
        return self.at < clock.now() - QUIET_AFTER


class Tries(NamedTuple):
    """The tries to enter on a day; `refused` by reason, in words."""

    on: date
    accepted: int
    refused: dict[str, int]

    @property
    def turned_away(self) -> int:
        return sum(self.refused.values())


class Used(NamedTuple):
    """What was used in an hour or on a day; `online_seconds` of them were counted."""

    begins: datetime
    up_bytes: int
    down_bytes: int
    online_seconds: int
    counted: bool = True  # False: nothing was told of it, which is not to say that it was offline


def extract(connection_id: int, after: Key | None, size: int) -> list[RadiusSession]:
    """Extrato de Conexões: the sessions from behind a key, newest first, one more than `size` when there are."""
    rows = select(RadiusSession).where(RadiusSession.connection_id == connection_id)
    return list(db.session.scalars(ORDER.page(rows, after, size)))


def traffic(connection_id: int) -> Rate | None:
    """The mean between the last two accountings; None while offline, or before there are two."""
    latest = (
        select(RadiusSession.updated_at, Traffic.seconds, Traffic.up_bytes, Traffic.down_bytes)
        .join(Traffic, Traffic.session_id == RadiusSession.id)
        .where(RadiusSession.connection_id == connection_id, RadiusSession.stopped_at.is_(None))
        .order_by(RadiusSession.started_at.desc())
        .limit(1)
    )
    row = db.session.execute(latest).first()
    return Rate(*row) if row else None


def week(login: str, zone: str) -> list[Tries]:
    """Autenticações na última semana, day by day in the company's zone, today last."""
    today = clock.today(zone)
    days = [today - timedelta(days=ago) for ago in reversed(range(WEEK))]
    begins = [_midnight(day, zone) for day in (*days, today + timedelta(days=1))]
    at = RadiusAuthLog.at
    each = [func.sum(case(((at >= begin) & (at < end), 1), else_=0)) for begin, end in pairwise(begins)]
    rows = select(RadiusAuthLog.result, RadiusAuthLog.reason, *each).where(
        RadiusAuthLog.login == login, at >= begins[0], at < begins[-1]
    )
    found = db.session.execute(rows.group_by(RadiusAuthLog.result, RadiusAuthLog.reason).order_by("reason")).all()
    return [
        Tries(
            day,
            sum(row[number + 2] for row in found if row.result == "Access-Accept"),
            {
                REASONS.get(row.reason, row.reason or "sem motivo"): row[number + 2]
                for row in found
                if row.result == "Access-Reject" and row[number + 2]
            },
        )
        for number, day in enumerate(days)
    ]


def by_hour(connection_id: int, hours: int) -> list[Used]:
    """The last hours, the present one last."""
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    begins = [now - timedelta(hours=ago) for ago in reversed(range(hours))]
    known = {row.hour: row for row in _hours(connection_id, begins[0])}
    return [_of(begin, [known[begin]] if begin in known else []) for begin in begins]


def by_day(connection_id: int, days: int, zone: str) -> list[Used]:
    """The last days of the company's zone, today last; no more than the hours are kept for."""
    today = clock.today(zone)
    begins = [_midnight(today - timedelta(days=ago), zone) for ago in reversed(range(days))]
    summed: dict[datetime, list[UsageHour]] = {}
    for row in _hours(connection_id, begins[0]):
        summed.setdefault(_midnight(row.hour.astimezone(ZoneInfo(zone)).date(), zone), []).append(row)
    return [_of(begin, summed.get(begin, [])) for begin in begins]


def _hours(connection_id: int, since: datetime) -> Sequence[UsageHour]:
    rows = select(UsageHour).where(UsageHour.connection_id == connection_id, UsageHour.hour >= since)
    return db.session.scalars(rows.order_by(UsageHour.hour)).all()


def _of(begin: datetime, rows: Sequence[UsageHour]) -> Used:
    up, down, online = (
        sum(getattr(row, name) for row in rows) for name in ("up_bytes", "down_bytes", "online_seconds")
    )
    return Used(begin, up, down, online, bool(rows))


def _midnight(on: date, zone: str) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(zone))
