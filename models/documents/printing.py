"""One way to print a row, at every door: the last bytes while nothing changed, and an event for whoever sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from models import clock
from models.base import db
from models.documents.document import Document, Printed, fingerprint
from models.history import Event
from models.scope import who

ONCE = timedelta(minutes=1)  # asking for a print, waiting for it and opening it are one act


def printed(
    last: Document | None, paper: dict[str, Any], issue: Callable[[], Document], tell: Callable[[], object]
) -> Document:
    """The document of what a row says now: the last one, or a new one from `issue`; `tell` tracks the print."""
    document = last if last and last.values_hash == fingerprint(paper) else issue()
    tell()
    return document


def shown(row: Printed, action: str, track: Callable[..., Any], **data: Any) -> None:
    """Track, as `track(action, **data)`, that whoever acts is shown a print; once in a minute (decision 017).

    A slip and a contract carry the whole CPF of who pays, as banks want it: so history names whoever had one made, and
    whoever opened one that was there already.
    """
    now = who()
    mine = select(Event.data).where(
        Event.subject_type == row.__tablename__,
        Event.subject_id == row.id,
        Event.action == action,
        Event.actor_kind == now.actor.kind,
        Event.actor_id == now.actor.id,
        Event.occurred_at > clock.now() - ONCE,
    )
    if data not in db.session.scalars(mine).all():
        track(action, **data)
