"""What need not be kept goes, once a day. History, documents and customers have rules of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, func, or_, select, tuple_

from jobs import rows
from models.base import Base, changed, db, lock
from models.operators import IdemKey, LoginSession, Throttle
from models.operators.login_session import TIMES
from models.outbox import Effect, RoutineRun
from models.people import SubscriberCode
from models.sales import Sale

DAYS = {
    "routine_run": 90,
    "effect": 30,
    "throttle": 2,
    "idem_key": 2,
    "login_session": 90,
    "subscriber_code": 1,
    "sale": 90,
}
BATCH = 1000


def run(at: datetime) -> int:
    """Remove what is past its days, in small commits; may be killed anywhere and run twice."""
    removed = sum(_remove(model, where) for model, where in _past(at))
    untouched = select(Sale.id).where(_untouched(at))
    return removed + rows.each("retention", rows.batches(untouched), lambda id: _discard(id, at))


def rehearse(at: datetime) -> list[str]:
    """How many of each would go; changes nothing."""
    counted = [(model.__tablename__, _count(model, where)) for model, where in _past(at)]
    counted.append((Sale.__tablename__, _count(Sale, _untouched(at))))
    return [f"{name}: {count} há mais de {DAYS[name]} dias" for name, count in counted if count]


def _past(at: datetime) -> list[tuple[type[Base], ColumnElement[bool]]]:
    return [
        (RoutineRun, RoutineRun.started_at < _limit(RoutineRun, at)),
        # the lease says when it was last in somebody's hands; dead ones wait for a person
        (Effect, and_(Effect.state == "done", Effect.lease_until < _limit(Effect, at))),
        (Throttle, _windows_before(_limit(Throttle, at))),
        (LoginSession, _over_before(_limit(LoginSession, at))),
        (IdemKey, IdemKey.created_at < _limit(IdemKey, at)),
        (SubscriberCode, SubscriberCode.expires_at < _limit(SubscriberCode, at)),
    ]


def _limit(model: type[Base], at: datetime) -> datetime:
    return at - timedelta(days=DAYS[model.__tablename__])


def _windows_before(limit: datetime) -> ColumnElement[bool]:
    """A key ends with the seconds of its window, and a slot is the number of the window since 1970."""
    lengths = {int(key.rpartition("/")[2]) for key in db.session.scalars(select(Throttle.key).distinct())}
    seconds = int(limit.timestamp())
    ended = [and_(Throttle.key.endswith(f"/{length}"), Throttle.slot < seconds // length) for length in lengths]
    return or_(false(), *ended)


def _over_before(limit: datetime) -> ColumnElement[bool]:
    """Revoked, idle too long or too old, and that for as long as sessions are kept."""
    return or_(
        LoginSession.revoked_at < limit,
        *(
            and_(
                LoginSession.level == level,
                or_(LoginSession.last_seen < limit - idle, LoginSession.created_at < limit - absolute),
            )
            for level, (idle, absolute) in TIMES.items()
        ),
    )


def _untouched(at: datetime) -> ColumnElement[bool]:
    return and_(Sale.status == "draft", Sale.updated_at < _limit(Sale, at))


def _discard(id: int, at: datetime) -> bool:
    sale = lock(db.session.get_one(Sale, id))
    if sale.status != "draft" or sale.updated_at >= _limit(Sale, at):
        return False  # somebody came back to it
    sale.discard()
    return True


def _remove(model: type[Base], where: ColumnElement[bool]) -> int:
    key: Any = tuple_(*model.__table__.primary_key.columns)  # type: ignore[attr-defined]
    some = select(*model.__table__.primary_key.columns).where(where).limit(BATCH)  # type: ignore[attr-defined]
    removed = BATCH
    total = 0
    while removed == BATCH:
        removed = changed(delete(model).where(key.in_(some)))
        db.session.commit()
        total += removed
    return total


def _count(model: type[Base], where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(where)) or 0
