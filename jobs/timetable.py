"""Everything that happens by itself, and when."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from jobs import (
    accounting,
    billing,
    dunning,
    exhausted_effects,
    invoice_mails,
    pix_reconciliation,
    pix_requests,
    retention,
    rows,
    trust_unlock_ends,
    usage_days,
)
from models import clock
from models.base import db
from models.outbox import ROUTINES, close_slot, fail_slot, take_slot
from models.scope import Actor, acting

log = logging.getLogger("enlace")


@dataclass(frozen=True)
class Routine:
    """`run` and `rehearse` are one function of the moment: what the rehearsal names, a run of that moment does."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]  # how many rows it changed
    rehearse: Callable[[datetime], list[str]]  # who would be touched, and why
    moment_of: Callable[[date], datetime] = clock.end_of  # when a day is made up for

    def slot(self, at: datetime) -> str:
        """The slot a moment falls in. What was missed is caught up by the next: the work comes from the state."""
        seconds = self.every.total_seconds()
        return str(int(at.timestamp() // seconds))


WORK: dict[str, Any] = {
    "trust_unlock_ends": trust_unlock_ends,
    "billing": billing,
    "invoice_mails": invoice_mails,
    "dunning": dunning,
    "pix_requests": pix_requests,
    "pix_reconciliation": pix_reconciliation,
    "exhausted_effects": exhausted_effects,
    "accounting": accounting,
    "usage_days": usage_days,
    "retention": retention,
}
TIMETABLE = tuple(
    Routine(name, every, WORK[name].run, WORK[name].rehearse, getattr(WORK[name], "moment_of", clock.end_of))
    for name, (_, every) in ROUTINES.items()
)


def by_name(name: str) -> Routine:
    return next(routine for routine in TIMETABLE if routine.name == name)


def run_due(known: dict[str, str] | None = None) -> None:
    """Run the routines whose slot nobody has taken yet. One that fails is kept as failed and waits for its next slot.

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


def run_again(name: str, key: str) -> None:
    """Run a routine once more because a person asked for it; `key` is a slot of its own, so that it runs once."""
    slot = f"again-{key}"[:20]
    if take_slot(name, slot):
        _run_guarded(by_name(name), clock.now(), slot)


def _run_guarded(routine: Routine, at: datetime, slot: str) -> None:
    try:
        run(routine, at, slot)
    except Exception as error:
        extra = {"routine": routine.name, "error": type(error).__name__}
        log.error("routine failed", extra=extra, exc_info=error)
        db.session.remove()
        fail_slot(routine.name, slot, rows.error_text(error))
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
