"""Who is signed in, at which door, how well proved, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import KEPT_IDS, Base, Id, db
from models.operators.company import Brand
from models.operators.token import digest, new_token


@dataclass(frozen=True)
class Principal:
    """Whoever is behind a request; plain values, read in one query."""

    kind: str  # staff or subscriber
    id: int
    session_id: int
    name: str
    called: str  # in a greeting
    level: str  # staff, half (the password alone, B-08), weak or proved
    company_id: int
    company_name: str
    zone: str
    department_id: int = 0
    department_name: str = ""
    duty: str = ""  # of the department, in the procedure of telephony
    role_name: str = ""
    permissions: frozenset[str] = frozenset()
    may_switch_company: bool = False
    has_factor: bool = False  # of staff: a second factor in force
    needs_factor: bool = False  # their role is one of those that must have it
    brand: Brand | None = None  # of the company; TODAS has none

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][0] + words[-1][0]).upper()

    def may(self, permission: str) -> bool:
        return permission in self.permissions


# level: (idle, absolute)
TIMES = {
    "staff": (timedelta(minutes=60), timedelta(hours=12)),
    "half": (timedelta(minutes=10), timedelta(minutes=15)),
    "proved": (timedelta(minutes=30), timedelta(hours=12)),
    "weak": (timedelta(minutes=10), timedelta(minutes=30)),
}
TOUCH = timedelta(minutes=1)


def lives(session: Any) -> bool:
    """Is a session, or a row with its columns, neither revoked nor idle too long nor too old?"""
    idle, absolute = TIMES[session.level]
    now = clock.now()
    return session.revoked_at is None and now < session.last_seen + idle and now < session.created_at + absolute


class LoginSession(Base):
    __tablename__ = "login_session"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    principal_id: Mapped[int]
    level: Mapped[str] = mapped_column(String(10))
    company_id: Mapped[int]
    created_at: Mapped[datetime]
    last_seen: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    ip: Mapped[str] = mapped_column(String(45), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        CheckConstraint("kind in ('staff','subscriber')", name="kind"),
        CheckConstraint("level in ('staff','half','weak','proved')", name="level"),
        Index("ix_login_session_kind_principal_id", "kind", "principal_id"),
        KEPT_IDS,
    )

    @classmethod
    def open(
        cls, kind: str, principal_id: int, level: str, company_id: int, ip: str, agent: str
    ) -> tuple[LoginSession, str]:
        """A new session and its token, which is not kept here."""
        token, now = new_token(), clock.now()
        row = cls(
            token_hash=digest(token),
            kind=kind,
            principal_id=principal_id,
            level=level,
            company_id=company_id,
            created_at=now,
            last_seen=now,
            ip=ip[:45],
            agent=agent[:200],
        )
        db.session.add(row)
        db.session.flush()
        return row, token

    @classmethod
    def live(cls, kind: str, token: str) -> LoginSession | None:
        """The session of a token at this door, unless it was revoked, idle too long or too old."""
        row = db.session.scalars(select(cls).where(cls.token_hash == digest(token), cls.kind == kind)).first()
        return row if row and row.lives else None

    @property
    def lives(self) -> bool:
        return lives(self)

    @classmethod
    def touch(cls, session_id: int) -> None:
        db.session.execute(update(cls).where(cls.id == session_id).values(last_seen=clock.now()))

    @classmethod
    def revoke(cls, session_id: int) -> None:
        db.session.execute(
            update(cls).where(cls.id == session_id, cls.revoked_at.is_(None)).values(revoked_at=clock.now())
        )

    @classmethod
    def revoke_all(cls, kind: str, principal_id: int, but: int | None = None) -> None:
        """End every session of somebody; `but` is the one they are in, when it may stay."""
        mine = (cls.kind == kind, cls.principal_id == principal_id, cls.revoked_at.is_(None), cls.id != (but or 0))
        db.session.execute(update(cls).where(*mine).values(revoked_at=clock.now()))
