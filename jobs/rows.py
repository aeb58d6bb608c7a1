"""Row by row: one verb, one commit; a row that fails is left out and does not stop the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from sqlalchemy import Select
from sqlalchemy.exc import OperationalError

from models.base import db

log = logging.getLogger("enlace")
BATCH = 200


def each(routine: str, ids: Iterator[int], act: Callable[[int], bool]) -> int:
    """Call `act` for each id, one commit each; how many it changed. A row that fails is rolled back and logged.

    Raises only when it is the database that fails, for then no other row would go better.
    """
    changed = 0
    for id in ids:
        try:
            done = act(id)
            db.session.commit()
            changed += done
        except Exception as error:
            db.session.rollback()
            if _lost(error):
                raise
            extra = {"routine": routine, "error": type(error).__name__}
            log.error(f"routine left out row {id}", extra=extra, exc_info=error)
    return changed


def batches(query: Select[int]) -> Iterator[int]:
    """The ids a query gives, read in batches with a cursor, so that rows that stay do not hide those behind them."""
    (column,) = query.selected_columns
    last = 0
    while ids := list(db.session.scalars(query.where(column > last).order_by(column).limit(BATCH))):
        yield from ids
        last = ids[-1]


def _lost(error: Exception) -> bool:
    """No connection, or SQLite's one write lock is taken."""
    return isinstance(error, OperationalError) and (error.connection_invalidated or "is locked" in str(error.orig))
