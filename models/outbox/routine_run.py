"""Periodic work takes its slot by an insert, so that a slot never runs twice (X-07)."""

from datetime import datetime

from sqlalchemy import String, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, db, upsert


class RoutineRun(Base):
    """The log of a routine: which slot, when, and how many rows it changed."""

    __tablename__ = "routine_run"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    slot: Mapped[str] = mapped_column(String(20), primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    changed: Mapped[int | None]


def take_slot(name: str, slot: str) -> bool:
    """True for the one process that may run this slot. Commits, so that others see it at once."""
    taking = upsert(RoutineRun).values(name=name, slot=slot, started_at=clock.now())
    # Asked back, not counted: PostgreSQL gives no row count for such an insert.
    taken = db.session.scalar(taking.on_conflict_do_nothing().returning(RoutineRun.name))
    db.session.commit()
    return taken is not None


def close_slot(name: str, slot: str, changed: int) -> None:
    db.session.execute(
        update(RoutineRun)
        .where(RoutineRun.name == name, RoutineRun.slot == slot)
        .values(finished_at=clock.now(), changed=changed)
    )
