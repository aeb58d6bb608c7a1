"""The recovery codes of a second factor: ten, shown once, each good once, for who is without the phone."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, changed, db
from models.operators.token import digest

HOW_MANY = 10
# 24 of 32 signs are 120 bits: more than the 112 from which a plain digest is enough (OWASP ASVS 5.0, 6.5.2).
SIGNS, LENGTH, GROUP = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 24, 4


class RecoveryCode(Base):
    __tablename__ = "recovery_code"

    id: Mapped[Id]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]  # used, or replaced by ten new ones

    @classmethod
    def give(cls, operator_id: int) -> list[str]:
        """Ten new ones as a person reads them; the ones before are worth nothing any more."""
        cls.spend_all(operator_id)
        codes, now = [_new() for _ in range(HOW_MANY)], clock.now()
        db.session.add_all(cls(operator_id=operator_id, code_hash=_hash(code), created_at=now) for code in codes)
        db.session.flush()
        return codes

    @classmethod
    def use(cls, operator_id: int, typed: str) -> bool:
        """Spend the code somebody typed; of two who use the same one, the second has none."""
        mine = (cls.operator_id == operator_id, cls.code_hash == _hash(typed), cls.spent_at.is_(None))
        return bool(changed(update(cls).where(*mine).values(spent_at=clock.now())))

    @classmethod
    def spend_all(cls, operator_id: int) -> None:
        mine = (cls.operator_id == operator_id, cls.spent_at.is_(None))
        changed(update(cls).where(*mine).values(spent_at=clock.now()))

    @classmethod
    def left(cls, operator_id: int) -> int:
        mine = (cls.operator_id == operator_id, cls.spent_at.is_(None))
        return db.session.scalar(select(func.count(cls.id)).where(*mine)) or 0


def _new() -> str:
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def _hash(typed: str) -> str:
    """Capitals, spaces and hyphens do not matter."""
    return digest(re.sub(r"[^0-9A-Z]", "", typed.upper()))
