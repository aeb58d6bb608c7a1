"""One routine in a process of its own, which is killed -9 in the middle of its work: at its so-many-th write.

python -m tests.jobs.one_routine dunning 2026-12-29T13:00:00+00:00 30
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from models import clock
from tests.jobs.test_kill import STARTS, Process


def killed_midway(database, log: Path, name: str, at: datetime, writes: int) -> None:
    """Run it until it is killed, within a transaction: whatever that one had written must be gone."""
    process = Process(database, log, "tests.jobs.one_routine", name, at.isoformat(), str(writes))
    process.start()
    assert process.process.wait(3 * STARTS) == -signal.SIGKILL, log.read_text()[-2000:]


def main(name: str, at: str, writes: str) -> None:
    from app import create_app
    from jobs.timetable import by_name, run
    from models.base import db

    with create_app().app_context(), clock.set_to(datetime.fromisoformat(at)):
        written = count(1)

        def kill(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.startswith(("INSERT", "UPDATE")) and next(written) == int(writes):
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(db.engine, "after_cursor_execute", kill)
        run(by_name(name), clock.now())


if __name__ == "__main__":
    main(*sys.argv[1:])
