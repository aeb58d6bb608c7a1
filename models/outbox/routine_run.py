"""Periodic work takes its slot by an insert, so that a slot never runs twice (X-07)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, db, upsert
from models.outbox.routines import ROUTINES, Trouble, is_overdue


class RoutineRun(Base):
    """The log of a routine: which slot, when, how many rows it changed, or what stopped it as a whole."""

    __tablename__ = "routine_run"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    slot: Mapped[str] = mapped_column(String(20), primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    changed: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(300), default="")  # of one that failed as a whole

    __table_args__ = (CheckConstraint("error = '' or (finished_at is not null and changed is null)", name="error"),)


def take_slot(name: str, slot: str) -> bool:
    """True for the one process that may run this slot. Commits, so that others see it at once."""
    taking = upsert(RoutineRun).values(name=name, slot=slot, started_at=clock.now(), error="")
    # Asked back, not counted: PostgreSQL gives no row count for such an insert.
    taken = db.session.scalar(taking.on_conflict_do_nothing().returning(RoutineRun.name))
    db.session.commit()
    return taken is not None


def close_slot(name: str, slot: str, changed: int) -> None:
    """It came to its end; in the transaction of the caller."""
    _end(name, slot, changed=changed, error="")


def fail_slot(name: str, slot: str, error: str) -> None:
    """It was stopped as a whole by `error`, which people will read. Commits."""
    _end(name, slot, changed=None, error=error[:300] or "sem explicação")
    db.session.commit()


def troubled() -> list[Trouble]:
    """The routines whose last end was a failure, and those nobody has brought to an end for too long. One question.

    What was never run says nothing: it is new, or its first slot is still to come.
    """
    ended = select(RoutineRun.name, func.max(RoutineRun.finished_at).label("at")).group_by(RoutineRun.name).subquery()
    last = select(RoutineRun.name, RoutineRun.finished_at, func.max(RoutineRun.error).label("error"))
    last = last.join(ended, (ended.c.name == RoutineRun.name) & (ended.c.at == RoutineRun.finished_at))
    rows = db.session.execute(last.group_by(RoutineRun.name, RoutineRun.finished_at).order_by(RoutineRun.name))
    found, now = [], clock.now()
    for name, at, error in rows:
        if at and name in ROUTINES and (error or is_overdue(name, at, now)):
            found.append(Trouble(name, at, error))
    return found


def _end(name: str, slot: str, **values: int | str | None) -> None:
    mine = update(RoutineRun).where(RoutineRun.name == name, RoutineRun.slot == slot)
    db.session.execute(mine.values(finished_at=clock.now(), **values))
