"""A retorno is settled by the worker: some lines per task, one commit each, so that it may be killed anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jobs import rows
from models.base import db, read_only
from models.collection import BankFile, BankFileRecord
from models.outbox import Left
from models.scope import Actor, acting, who

LINES = 200  # per task: well within its lease, and others get their turn in between


def settle_file(payload: dict[str, Any]) -> Callable[[], None]:
    """Settle the next lines; the last task closes the file."""
    file_id, run, now = payload["file_id"], payload["run"], who()
    by = payload.get("by") or now.actor.name  # whoever pressed Processar stands on the payments
    with read_only():
        lines = db.session.get_one(BankFile, file_id).waiting(payload["after"], LINES)
    with acting(Actor("job", None, by), now.channel, now.company_id):
        rows.each("settle_file", [id for id, _ in lines], _settle, lambda id: _named(id, file_id))

    def keep() -> None:
        file = db.session.get_one(BankFile, file_id)
        if lines:
            file.settle_after(lines[-1][1], run, by)
        else:
            file.finish()

    return keep


def _named(record_id: int, file_id: int) -> Left:
    return Left("bank_file_record", record_id, "", fix=("bank_file", file_id))


def _settle(record_id: int) -> bool:
    return db.session.get_one(BankFileRecord, record_id).settle()
