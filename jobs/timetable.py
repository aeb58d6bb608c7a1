"""Everything that happens by itself, and when."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs import (
    billing,
    dunning,
    exhausted_effects,
    invoice_mails,
    pix_reconciliation,
    pix_requests,
    retention,
    trust_unlock_ends,
)
from models import clock
from models.base import db
from models.outbox import close_slot, take_slot
from models.scope import Actor, acting

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


TIMETABLE = (
    Routine("trust_unlock_ends", timedelta(minutes=1), trust_unlock_ends.run, trust_unlock_ends.rehearse),
    Routine("billing", timedelta(hours=1), billing.run, billing.rehearse),
    Routine("invoice_mails", timedelta(minutes=5), invoice_mails.run, invoice_mails.rehearse),
    Routine("dunning", timedelta(minutes=30), dunning.run, dunning.rehearse),
    Routine("pix_requests", timedelta(minutes=5), pix_requests.run, pix_requests.rehearse),
    Routine("pix_reconciliation", timedelta(days=1), pix_reconciliation.run, pix_reconciliation.rehearse),
    Routine("exhausted_effects", timedelta(minutes=5), exhausted_effects.run, exhausted_effects.rehearse),
    Routine("retention", timedelta(days=1), retention.run, retention.rehearse),
)


def by_name(name: str) -> Routine:
    return next(routine for routine in TIMETABLE if routine.name == name)


def run_due(known: dict[str, str] | None = None) -> None:
    """Run the routines whose slot nobody has taken yet. One that fails is logged and waits for its next slot.

    `known` is the caller's memory of slots that are taken, so that the database is not asked twice a second.
    """
    now, known = clock.now(), {} if known is None else known
    for routine in TIMETABLE:
        slot = routine.slot(now)
        if known.get(routine.name) == slot:
            continue
        mine = take_slot(routine.name, slot)
        known[routine.name] = slot
        if mine:
            _run_guarded(routine, now, slot)


def _run_guarded(routine: Routine, at: datetime, slot: str) -> None:
    try:
        run(routine, at, slot)
    except Exception as error:
        extra = {"routine": routine.name, "error": type(error).__name__}
        log.error("routine failed", extra=extra, exc_info=error)
        db.session.remove()


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
