"""The worker: carries out effects and runs the routines whose time has come. Two may run at once."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from typing import Any

from jobs.effects import EFFECTS, LATE
from jobs.rows import error_text
from jobs.timetable import run_due
from models.base import db
from models.outbox import Effect, claim
from models.scope import Actor, acting

log = logging.getLogger("enlace")
PAUSE = 0.5  # seconds between two looks at an empty outbox
RECOVERY = 5  # seconds after something broke, such as a database that does not answer


class Worker:
    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.stopping = False
        self.slots: dict[str, str] = {}  # the slot of each routine that is known to be taken

    def run(self) -> None:
        """Work until SIGTERM; the row in hand is finished first. Nothing that breaks on the way ends it."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self.stopping:
            self._go_on(self._routines)
            if not self._go_on(self.step):
                self._rest(PAUSE)

    def drain(self) -> int:
        """Carry out everything that is due now; how many effects that were."""
        count = 0
        while self.step():
            count += 1
        return count

    def step(self) -> bool:
        """One effect; False when none is due. What the effect raises is its failure; what the database raises, ours."""
        with acting(Actor("job", None, "Rotina do Enlace"), "job"):
            try:
                effect = self._claim()
                if effect:
                    self._carry_out(effect)
                return effect is not None
            finally:
                db.session.remove()

    def _claim(self) -> Effect | None:
        effect = claim(self.name)
        if effect:
            db.session.expunge(effect)  # it is read while no transaction is open
        db.session.commit()
        return effect

    def _carry_out(self, effect: Effect) -> None:
        try:
            keep = EFFECTS[effect.kind](effect.payload)
            kept = effect.finish(self.name)  # before keep: who no longer holds it keeps nothing
            if kept:
                keep()
            elif effect.kind in LATE:
                LATE[effect.kind](effect.payload)
            db.session.commit()
            log.info("effect" if kept else "effect came late", extra={"effect": effect.kind})
        except Exception as error:
            db.session.rollback()
            extra = {"effect": effect.kind, "error": type(error).__name__}
            log.warning("effect failed", extra=extra, exc_info=error)
            effect.fail(self.name, error_text(error))
            db.session.commit()

    def _routines(self) -> bool:
        run_due(self.slots)
        return True

    def _go_on(self, act: Callable[[], bool]) -> bool:
        try:
            return act()
        except Exception as error:
            log.error("worker goes on", extra={"error": type(error).__name__}, exc_info=error)
            with contextlib.suppress(Exception):
                db.session.remove()
            self._rest(RECOVERY)
            return False

    def _rest(self, seconds: float) -> None:
        """In short pieces, for a signal does not end a sleep."""
        while seconds > 0 and not self.stopping:
            time.sleep(min(seconds, PAUSE))
            seconds -= PAUSE

    def _stop(self, *_: Any) -> None:
        self.stopping = True
