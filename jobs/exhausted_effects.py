"""Effects at which the worker died twelve times: nobody could mark them as dead, so this does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from models.base import db
from models.outbox import TASKS, Effect, bury, exhausted


def run(at: datetime) -> int:
    """Show them to a person; how many."""
    count = bury(at)
    db.session.commit()
    return count


def rehearse(at: datetime) -> list[str]:
    """Which they are; changes nothing."""
    rows = db.session.scalars(select(Effect).where(exhausted(at)).order_by(Effect.id))
    return [f"tarefa {row.id} ({TASKS[row.kind]}): {row.attempts} tentativas, nenhuma chegou ao fim" for row in rows]
