"""An effect: something to be done outside the transaction that decided it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db

KINDS = ("apply_access", "render_document")
LEASE = timedelta(seconds=60)
BACK_OFF = [timedelta(minutes=m) for m in (1, 2, 5, 15, 60)]
LATER = timedelta(hours=6)
TRIES = 12


class Effect(Base):
    __tablename__ = "effect"

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="ready")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    owner: Mapped[str | None] = mapped_column(String(60))
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))

    __table_args__ = (
        CheckConstraint(f"kind in {KINDS!r}", name="kind"),
        CheckConstraint("state in ('ready','done','dead')", name="state"),
        Index("ix_effect_state_due_at", "state", "due_at"),
    )

    def finish(self, owner: str) -> bool:
        """Mark as done if this worker still holds it; False when it came too late."""
        return self._close(owner, state="done", last_error=None)

    def fail(self, owner: str, error: str) -> bool:
        """Try again later (1, 2, 5, 15, 60 min, then every 6 h); dead after 12 tries, for a person to see."""
        if self.attempts >= TRIES:
            return self._close(owner, state="dead", last_error=error[:300])
        wait = BACK_OFF[self.attempts - 1] if self.attempts <= len(BACK_OFF) else LATER
        return self._close(owner, due_at=clock.now() + wait, lease_until=None, last_error=error[:300])

    def _close(self, owner: str, **values: Any) -> bool:
        done = db.session.execute(
            update(Effect)
            .where(Effect.id == self.id, Effect.owner == owner, Effect.state == "ready")
            .values(**values)
            .execution_options(synchronize_session=False)
        )
        return bool(done.rowcount)  # type: ignore[attr-defined]


def enqueue(kind: str, key: str, payload: dict[str, Any], at: datetime | None = None) -> None:
    """Ask for an effect, in the transaction that decides it. `key` makes it unique, `payload` holds ids only."""
    if kind not in KINDS:
        raise KeyError(kind)
    now = clock.now()
    db.session.add(Effect(kind=kind, key=f"{kind}:{key}", payload=payload, created_at=now, due_at=at or now))


def claim(owner: str) -> Effect | None:
    """Take the next due effect for a minute. Two workers never hold the same one."""
    now = clock.now()
    free = (
        select(Effect.id)
        .where(
            Effect.state == "ready",
            Effect.due_at <= now,
            (Effect.lease_until.is_(None)) | (Effect.lease_until < now),
        )
        .order_by(Effect.due_at, Effect.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return db.session.scalar(
        update(Effect)
        .where(Effect.id == free)
        .values(lease_until=now + LEASE, owner=owner, attempts=Effect.attempts + 1)
        .returning(Effect)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
