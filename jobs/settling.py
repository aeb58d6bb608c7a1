"""A retorno is settled by the worker: some lines per task, one commit each, so that it may be killed anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jobs import rows
from models.base import db, read_only
from models.billing.returns import finish, go_on, settle_record, waiting_lines

LINES = 200  # per task: well within its lease, and others get their turn in between


def settle_file(payload: dict[str, Any]) -> Callable[[], None]:
    """Settle the next lines; the last task closes the file."""
    file_id, run = payload["file_id"], payload["run"]
    with read_only():
        lines = waiting_lines(file_id, payload["after"], LINES)
        db.session.rollback()
    rows.each("settle_file", (id for id, _ in lines), settle_record)

    def keep() -> None:
        if lines:
            go_on(file_id, run, lines[-1][1])
        else:
            finish(file_id)

    return keep
