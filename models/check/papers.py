"""Printed documents: their bytes are those that were kept, and none waits for ever."""

from __future__ import annotations

import hashlib

from sqlalchemy import String, cast, select

from models import clock
from models.base import db
from models.check.question import LATE, findings
from models.documents import Document
from models.outbox import Effect


def keep_their_bytes() -> list[str]:
    """Reads every document; about 100 MB a second."""
    rows = select(Document.id, Document.sha256, Document.size, Document.content)
    rows = rows.where(Document.rendered_at.is_not(None)).execution_options(yield_per=20)
    return [
        f"documento {id}: os bytes não são os que foram guardados"
        for id, sha256, size, content in db.session.execute(rows)
        if content is None or len(content) != size or hashlib.sha256(content).hexdigest() != sha256
    ]


def are_rendered_in_time() -> list[str]:
    """Not ready after ten minutes; one that was asked for in the last ten and not yet tried is still in time."""
    limit = clock.now() - LATE
    asked = select(Effect.id).where(
        Effect.key == "render_document:" + cast(Document.id, String),
        Effect.state == "ready",
        Effect.attempts == 0,
        Effect.due_at >= limit,
    )
    rows = select(Document.id).where(Document.rendered_at.is_(None), Document.issued_at < limit, ~asked.exists())
    return findings("documento {id}: emitido e nunca preparado", rows)


QUESTIONS = (keep_their_bytes, are_rendered_in_time)
