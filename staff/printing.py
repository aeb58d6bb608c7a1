"""A PDF the worker prints: its bytes when they are ready, until then a page that asks again by itself."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, abort, render_template
from sqlalchemy import Select, select
from sqlalchemy.orm import undefer

from models import clock
from models.base import db
from models.documents import Document
from models.outbox import Effect

PDF_POLICY = "sandbox; default-src 'none'"
LATE = timedelta(minutes=1)


def opened(wanted: Select[tuple[Document]], *, the: str, filename: str, again: str, back: str) -> Response:
    """The PDF of `the` contract, invoice or carnê ('o contrato 12'), or the page that waits for it.

    `again` is the address of this answer, `back` that of what is printed.
    """
    document = db.session.scalars(wanted.options(undefer(Document.content))).first() or abort(404)
    if document.content is None:
        return _waiting(document, the=the, again=again, back=back)
    return Response(
        document.content,
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{filename}.pdf"',
            "Content-Security-Policy": PDF_POLICY,
        },
    )


def _waiting(document: Document, **words: str) -> Response:
    """Asks every 2 s, every 10 s once it is late, never when nobody will print it."""
    given_up = db.session.scalar(select(Effect.state).where(Effect.key == f"render_document:{document.id}")) == "dead"
    late = clock.now() - document.issued_at > LATE
    body = render_template("staff/prints/show.html", document=document, given_up=given_up, late=late, **words)
    return Response(body, headers={} if given_up else {"Refresh": "10" if late else "2"})
