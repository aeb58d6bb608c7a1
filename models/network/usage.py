"""What a connection used, by hour and, once the hours are old, by day (decision 038)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, changed, db, upsert
from models.network.connection import Connection
from models.operators import Company

HOURS_KEPT = 35  # days
BATCH = 2000  # connections
SETTLED = timedelta(days=2)  # by then what came late has come


class UsageHour(Base):
    """Kept by a trigger on radius_session, as its counters grow: of an hour in UTC."""

    __tablename__ = "usage_hour"

    connection_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    up_bytes: Mapped[int]
    down_bytes: Mapped[int]
    online_seconds: Mapped[int]


class UsageDay(Base):
    """The same by day of the company's zone: what remains when the hours are gone."""

    __tablename__ = "usage_day"

    connection_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    up_bytes: Mapped[int]
    down_bytes: Mapped[int]
    online_seconds: Mapped[int]


def roll_up(at: datetime) -> int:
    """Sum the days that are settled and not summed yet; how many rows it wrote. A day that is there stays."""
    return sum(_sum_day(day, company) for company, day in unsummed(at))


def unsummed(at: datetime) -> list[tuple[Company, date]]:
    """The days to sum, company by company, the oldest first."""
    found = []
    for company in db.session.scalars(select(Company).order_by(Company.id)):
        newest = (at - SETTLED).astimezone(ZoneInfo(company.zone)).date()
        mine = select(Connection.id).where(Connection.company_id == company.id)
        last = db.session.scalar(select(func.max(UsageDay.day)).where(UsageDay.connection_id.in_(mine)))
        days = HOURS_KEPT if last is None else min((newest - last).days, HOURS_KEPT)
        found += [(company, newest - timedelta(days=ago)) for ago in reversed(range(days))]
    return found


def forget_hours(at: datetime, after: int) -> tuple[int, int | None]:
    """Let the old hours go of the next connections behind a number: how many went, and the last number looked at.

    None when there was none left to look at. Along the key, so that nothing else is read.
    """
    ids = db.session.scalars(
        select(Connection.id).where(Connection.id > after).order_by(Connection.id).limit(BATCH)
    ).all()
    if not ids:
        return 0, None
    limit = at - timedelta(days=HOURS_KEPT)
    old = delete(UsageHour).where(UsageHour.connection_id.between(ids[0], ids[-1]), UsageHour.hour < limit)
    return changed(old), ids[-1]


def _sum_day(on: date, company: Company) -> int:
    zone = ZoneInfo(company.zone)
    first, after = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (on, on + timedelta(days=1)))
    summed = (
        select(
            UsageHour.connection_id,
            literal(on, type_=UsageDay.day.type),
            func.sum(UsageHour.up_bytes),
            func.sum(UsageHour.down_bytes),
            func.sum(UsageHour.online_seconds),
        )
        .join(Connection, Connection.id == UsageHour.connection_id)
        .where(Connection.company_id == company.id, UsageHour.hour >= first, UsageHour.hour < after)
        .group_by(UsageHour.connection_id)
    )
    columns = ["connection_id", "day", "up_bytes", "down_bytes", "online_seconds"]
    summing = upsert(UsageDay).from_select(columns, summed).on_conflict_do_nothing()  # type: ignore[arg-type]
    # Asked back, not counted: PostgreSQL gives no row count for such an insert.
    return len(db.session.scalars(summing.returning(UsageDay.connection_id)).all())
