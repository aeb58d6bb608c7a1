"""A counter is a row, taken in the transaction that uses the number: a rollback gives it back.

Sequences and AUTOINCREMENT leave gaps, max() + 1 gives doubles.
"""

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, db, upsert


class Counter(Base):
    __tablename__ = "counter"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int]


def take(key: str, count: int = 1) -> int:
    """Take `count` numbers and return the last one; the block is last - count + 1 .. last.

    The row stays locked until the commit: whoever asks next waits, so a rolled back number is used again.
    """
    first = upsert(Counter).values(key=key, last=count)
    taking = first.on_conflict_do_update(index_elements=[Counter.key], set_={"last": Counter.last + count})
    return int(db.session.execute(taking.returning(Counter.last)).scalar_one())


def last_taken(key: str) -> int:
    """The last number taken, 0 when there was none; somebody may be taking the next one."""
    return db.session.scalar(select(Counter.last).where(Counter.key == key)) or 0
