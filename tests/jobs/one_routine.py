"""One routine in a process of its own, at a moment of the test's choosing, so that it can be killed midway.

python -m tests.jobs.one_routine dunning 2026-12-29T13:00:00+00:00
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from models import clock
from tests.jobs.test_kill import STARTS, Process


def killed_midway(database, log: Path, name: str, at: datetime, done: Callable[[], int], enough: int) -> int:
    """Start it, kill -9 once `enough` is done, and say how much was."""
    process = Process(database, log, "tests.jobs.one_routine", name, at.isoformat())
    process.start()
    began = time.monotonic()
    while done() < enough:
        assert time.monotonic() - began < STARTS, log.read_text()[-2000:]
        time.sleep(0.002)
    process.kill()
    return done()


def main(name: str, at: str) -> None:
    from app import create_app
    from jobs.timetable import by_name, run

    with create_app().app_context(), clock.set_to(datetime.fromisoformat(at)):
        run(by_name(name), clock.now())


if __name__ == "__main__":
    main(*sys.argv[1:])
