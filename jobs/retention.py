"""What need not be kept goes, once a day. History, documents and customers have rules of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, func, or_, select, tuple_

from jobs import rows
from models import clock, files
from models.base import Base, changed, db, lock
from models.network import RadiusAuthLog, RadiusSession
from models.operators import IdemKey, LoginSession, Throttle
from models.operators.login_session import TIMES
from models.outbox import Effect, Left, LeftOut, RoutineRun
from models.people import SubscriberCode
from models.sales import Sale

DAYS = {
    "routine_run": 90,
    "effect": 30,
    "left_out": 90,
    "throttle": 2,
    "idem_key": 2,
    "login_session": 90,
    "subscriber_code": 1,
    "sale": 90,
    "radius_session": 400,  # thirteen months; the law asks for one year (Marco Civil, art. 13)
    "radius_auth_log": 400,
}
BATCH = 1000


def run(at: datetime) -> int:
    """Remove what is past its days, in small commits; may be killed anywhere and run twice.

    A table, a draft or a file that cannot be cleared is left out, alone.
    """
    drafts, strays = rows.batches(select(Sale.id).where(_untouched(at))), map(Path, files.orphans(at))
    found: Iterable[str | int | Path] = chain(PAST, drafts, strays)
    needs = select(Sale.id).where(_untouched(clock.now()))
    return rows.each("retention", found, lambda what: _clear(what, at), _named, needs)


def rehearse(at: datetime) -> list[str]:
    """How many of each would go; changes nothing."""
    counted = [(name, _count(model, where(at))) for name, (model, where) in PAST.items()]
    counted.append((Sale.__tablename__, _count(Sale, _untouched(at))))
    strays = sum(1 for _ in files.orphans(at))
    said = [f"{name}: {count} há mais de {DAYS[name]} dias" for name, count in counted if count]
    return said + ([f"arquivos de ninguém: {strays} há mais de 1 dia"] if strays else [])


def _clear(what: str | int | Path, at: datetime) -> int:
    """A table by its name, a draft by its number, a file nobody names by its path; how many rows went."""
    if isinstance(what, Path):
        return files.discard(what.as_posix(), at)
    if isinstance(what, int):
        return _discard(what, at)
    model, where = PAST[what]
    return _remove(model, where(at))


def _named(what: str | int | Path) -> Left:
    if isinstance(what, Path):
        return Left("file", 0, "", part=what.as_posix()[:60])
    return Left("sale", what, "", fix=("sale", what)) if isinstance(what, int) else Left("table", 0, "", part=what)


def _limit(model: type[Base], at: datetime) -> datetime:
    return at - timedelta(days=DAYS[model.__tablename__])


def _windows_before(limit: datetime) -> ColumnElement[bool]:
    """A key ends with the seconds of its window, and a slot is the number of the window since 1970."""
    windows = {key: key.rpartition("/")[2] for key in db.session.scalars(select(Throttle.key).distinct())}
    lengths = {int(text) for text in windows.values() if _is_length(text)}
    odd = [key for key, text in windows.items() if not _is_length(text)]  # nobody asks for them again
    seconds = int(limit.timestamp())
    ended = [and_(Throttle.key.endswith(f"/{length}"), Throttle.slot < seconds // length) for length in lengths]
    return or_(false(), Throttle.key.in_(odd), *ended)


def _is_length(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) < 10**9


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


# What goes by itself, table by table. The lease of an effect says when it was last in somebody's hands; dead ones wait
# for a person, and so does what was left out and not solved.
PAST: dict[str, tuple[type[Base], Callable[[datetime], ColumnElement[bool]]]] = {
    "routine_run": (RoutineRun, lambda at: RoutineRun.started_at < _limit(RoutineRun, at)),
    "effect": (Effect, lambda at: and_(Effect.state == "done", Effect.lease_until < _limit(Effect, at))),
    "left_out": (LeftOut, lambda at: and_(LeftOut.status == "solved", LeftOut.ended_at < _limit(LeftOut, at))),
    "throttle": (Throttle, lambda at: _windows_before(_limit(Throttle, at))),
    "login_session": (LoginSession, lambda at: _over_before(_limit(LoginSession, at))),
    "idem_key": (IdemKey, lambda at: IdemKey.created_at < _limit(IdemKey, at)),
    "radius_session": (RadiusSession, lambda at: RadiusSession.stopped_at < _limit(RadiusSession, at)),
    "radius_auth_log": (RadiusAuthLog, lambda at: RadiusAuthLog.at < _limit(RadiusAuthLog, at)),
    "subscriber_code": (SubscriberCode, lambda at: SubscriberCode.expires_at < _limit(SubscriberCode, at)),
}
