"""Everything that happens by itself, and when (architecture 9)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs import trust_unlock_ends
from models import clock
from models.base import db
from models.history import Actor, acting
from models.outbox.routine_run import close_slot, take_slot

log = logging.getLogger("enlace")


@dataclass(frozen=True)
class Routine:
    name: str
    every: timedelta
    run: Callable[[datetime], int]  # how many rows it changed
    rehearse: Callable[[datetime], list[str]]  # who would be touched, and why

    def slot(self, at: datetime) -> str:
        """The slot a moment falls in. What was missed is caught up by the next: the work comes from the state."""
        seconds = self.every.total_seconds()
        return str(int(at.timestamp() // seconds))


TIMETABLE = (Routine("trust_unlock_ends", timedelta(minutes=1), trust_unlock_ends.run, trust_unlock_ends.rehearse),)


def by_name(name: str) -> Routine:
    return next(routine for routine in TIMETABLE if routine.name == name)


def run_due() -> None:
    """Run the routines whose slot nobody has taken yet."""
    now = clock.now()
    for routine in TIMETABLE:
        if take_slot(routine.name, routine.slot(now)):
            run(routine, now, routine.slot(now))


def run(routine: Routine, at: datetime, slot: str | None = None) -> int:
    """Run a routine now, in the name of the house."""
    with acting(Actor("job", None, "Rotina do Enlace"), "job"):
        try:
            changed = routine.run(at)
        finally:
            db.session.remove()
        if slot:
            close_slot(routine.name, slot, changed)
            db.session.commit()
    log.info("routine", extra={"routine": routine.name, "changed": changed})
    return changed
