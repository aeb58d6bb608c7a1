"""Bytes no row names any more, or never did: the cleaning of each day takes them away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select

from models.base import db
from models.files import store
from models.files.attachment import Attachment

KEPT = timedelta(days=1)  # longer than any transaction, and than a backup is at work
BATCH = 500


def orphans(at: datetime) -> Iterator[str]:
    """The names of files in the folder that were nobody's for a day."""
    names = store.names(at - KEPT)
    while batch := list(islice(names, BATCH)):
        named = select(Attachment.sha256).where(Attachment.deleted_at.is_(None))
        named = named.where(Attachment.sha256.in_({store.hash_of(name) for name in batch}))
        known = set(db.session.scalars(named))
        yield from (name for name in batch if store.hash_of(name) not in known)


def discard(name: str, at: datetime) -> bool:
    """Take one of them away; False when it is there again since, for somebody sent the same bytes."""
    return store.remove(name, at - KEPT)
