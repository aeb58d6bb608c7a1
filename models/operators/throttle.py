"""How often a thing was tried in a window of time. A row, because two web processes share no memory."""

from datetime import timedelta

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, db, upsert


class Throttle(Base):
    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)  # the number of the window since 1970
    tries: Mapped[int]


def within(key: str, limit: int, window: timedelta) -> bool:
    """Count one try; False when it is one too many. In the caller's transaction: commit it before the work."""
    slot = _slot(window)
    first = upsert(Throttle).values(key=_name(key, window), slot=slot, tries=1)
    counting = first.on_conflict_do_update(
        index_elements=[Throttle.key, Throttle.slot], set_={"tries": Throttle.tries + 1}
    )
    return int(db.session.execute(counting.returning(Throttle.tries)).scalar_one()) <= limit


def forgive(key: str, window: timedelta) -> None:
    """Take one try back: it was a good one."""
    here = (Throttle.key == _name(key, window), Throttle.slot == _slot(window), Throttle.tries > 0)
    db.session.execute(update(Throttle).where(*here).values(tries=Throttle.tries - 1))


def spent(key: str, limit: int, window: timedelta) -> bool:
    """Is the limit reached? Counts nothing."""
    here = select(Throttle.tries).where(Throttle.key == _name(key, window), Throttle.slot == _slot(window))
    return (db.session.scalar(here) or 0) >= limit


def _slot(window: timedelta) -> int:
    return int(clock.now().timestamp() // window.total_seconds())


def _name(key: str, window: timedelta) -> str:
    return f"{key}/{int(window.total_seconds())}"
