"""How often a thing was tried in a window of time. A row, because two web processes share no memory."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, db, upsert

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
Tries = list[tuple[str, int, timedelta]]  # what is counted, how many are allowed, in which window


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


def count(tries: Tries) -> datetime | None:
    """Count one try of each; if one of them is one too many, count none and answer until when to wait.

    In the caller's transaction: commit it before anything is verified, so that guesses side by side do not slip
    through.
    """
    for number, (key, most, window) in enumerate(tries, 1):
        if not within(key, most, window):
            forgive(tries[:number])
            return end_of(window)
    return None


def forgive(tries: Tries) -> None:
    """Take one try of each back: they were good ones, or none."""
    for key, _, window in tries:
        here = (Throttle.key == _name(key, window), Throttle.slot == _slot(window), Throttle.tries > 0)
        db.session.execute(update(Throttle).where(*here).values(tries=Throttle.tries - 1))


def spent(tries: Tries) -> bool:
    """Would the next try be one too many? Counts nothing."""
    return any(_counted(key, window) >= most for key, most, window in tries)


def end_of(window: timedelta) -> datetime:
    """When the present window closes and counting begins anew."""
    return datetime.fromtimestamp((_slot(window) + 1) * window.total_seconds(), UTC)


def _counted(key: str, window: timedelta) -> int:
    here = select(Throttle.tries).where(Throttle.key == _name(key, window), Throttle.slot == _slot(window))
    return db.session.scalar(here) or 0


def _slot(window: timedelta) -> int:
    return int(clock.now().timestamp() // window.total_seconds())


def _name(key: str, window: timedelta) -> str:
    return f"{key}/{int(window.total_seconds())}"
