"""Tarefas paradas: the effects that were tried twelve times and wait for a person."""

from __future__ import annotations

from sqlalchemy import select

from models.base import db
from models.history import track
from models.outbox import TASKS, Effect


def stopped(limit: int = 100) -> list[Effect]:
    """The dead effects, the oldest first."""
    return list(db.session.scalars(select(Effect).where(Effect.state == "dead").order_by(Effect.id).limit(limit)))


def retry(effect: Effect) -> None:
    """Try a dead effect again, as if it were new. Raises Refused, Stale."""
    effect.retry()
    track("effect.retried", effect, number=effect.id, task=TASKS[effect.kind])
