"""The code mailed to a subscriber who enters the Central: six digits, ten minutes, one browser (decision 010)."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import KEPT_IDS, Base, Id, changed, db
from models.operators.token import digest

LIFE = timedelta(minutes=10)
TRIES = 5


class SubscriberCode(Base):
    __tablename__ = "subscriber_code"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    browser_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_subscriber_code_person_id", "person_id"), KEPT_IDS)

    @classmethod
    def give(cls, person_id: int, browser_hash: str, code: str, until: datetime) -> None:
        """Keep what proves a code that was mailed; the one before it is worth nothing any more."""
        row = cls(
            person_id=person_id,
            code_hash=_hash(browser_hash, code),
            browser_hash=browser_hash,
            tries=0,
            expires_at=until,
        )
        db.session.add(row)
        db.session.flush()

    @classmethod
    def use(cls, person_id: int, browser_hash: str, code: str) -> bool:
        """One try at the last code this person was mailed for this browser. The try counts: commit it, good or not.

        The same statement for somebody who has none, under number 0.
        """
        mine = (cls.person_id == person_id, cls.browser_hash == browser_hash)
        last = select(func.max(cls.id)).where(*mine).scalar_subquery()
        live = (cls.id == last, cls.tries < TRIES, cls.expires_at > clock.now(), cls.used_at.is_(None))
        found = db.session.execute(
            update(cls)
            .where(*live)
            .values(tries=cls.tries + 1)
            .returning(cls.id, cls.code_hash)
            .execution_options(synchronize_session=False)
        ).first()
        if not hmac.compare_digest(found.code_hash if found else "", _hash(browser_hash, code)) or found is None:
            return False
        unused = update(cls).where(cls.id == found.id, cls.used_at.is_(None))
        return bool(changed(unused.values(used_at=clock.now())))


def new_code() -> str:
    return f"{secrets.randbelow(10**6):06}"


def _hash(browser_hash: str, code: str) -> str:
    """With the browser in it: a million codes cannot be listed in advance."""
    return digest(f"{browser_hash}:{code}")
