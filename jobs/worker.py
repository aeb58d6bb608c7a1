"""The worker: carries out effects and runs the routines whose time has come. Two may run at once."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from typing import Any

from jobs.effects import EFFECTS
from jobs.timetable import run_due
from models.base import db
from models.history import Actor, acting
from models.outbox import claim

log = logging.getLogger("enlace")
PAUSE = 0.5  # seconds between two looks at an empty outbox


class Worker:
    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.stopping = False

    def run(self) -> None:
        """Work until SIGTERM; the row in hand is finished first."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self.stopping:
            run_due()
            if not self.step():
                time.sleep(PAUSE)

    def drain(self) -> int:
        """Carry out everything that is due now; how many effects that were."""
        count = 0
        while self.step():
            count += 1
        return count

    def step(self) -> bool:
        """One effect; False when none is due."""
        with acting(Actor("job", None, "Rotina do Enlace"), "job"):
            effect = claim(self.name)
            db.session.commit()
            if effect is None:
                return False
            kind, payload = effect.kind, effect.payload
            try:
                keep = EFFECTS[kind](payload)
                keep()
                kept = effect.finish(self.name)
                db.session.commit()
                log.info("effect" if kept else "effect came late", extra={"effect": kind})
            except Exception as error:
                db.session.rollback()
                log.warning("effect failed", extra={"effect": kind, "error": type(error).__name__}, exc_info=error)
                effect.fail(self.name, f"{type(error).__name__}: {error}")
                db.session.commit()
            finally:
                db.session.remove()
            return True

    def _stop(self, *_: Any) -> None:
        self.stopping = True
