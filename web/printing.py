"""A PDF the worker prints, in both doors: its bytes, and how long the page that waits for it should wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

from flask import Response
from pypdf import PdfWriter
from sqlalchemy import select

from models import clock
from models.base import db
from models.documents import Document
from models.outbox import Effect

PDF_POLICY = "sandbox; default-src 'none'"
LATE = timedelta(minutes=1)
STATES = ("dead", "late", "soon", "ready")  # the farthest from its PDF first
PAUSES = {"soon": "2", "late": "10"}  # seconds; a page for which nobody will print any more does not ask again


def pdf(content: bytes, filename: str) -> Response:
    """The bytes, opened in the browser under a name and allowed nothing."""
    headers = {"Content-Disposition": f'inline; filename="{filename}.pdf"', "Content-Security-Policy": PDF_POLICY}
    return Response(content, mimetype="application/pdf", headers=headers)


def joined(contents: Sequence[bytes]) -> bytes:
    """Several PDFs as one, in their order."""
    whole, file = PdfWriter(), BytesIO()
    for content in contents:
        whole.append(BytesIO(content))
    whole.write(file)
    return file.getvalue()


def progress(document: Document) -> str:
    """ready, soon, late, or dead: tried so often that a person must look."""
    if document.ready:
        return "ready"
    state = db.session.scalar(select(Effect.state).where(Effect.key == f"render_document:{document.id}"))
    late = clock.now() - document.issued_at > LATE
    return "dead" if state == "dead" else "late" if late else "soon"


def waiting(body: str, state: str) -> Response:
    """The page that asks again by itself: every 2 s, every 10 s once it is late."""
    return Response(body, headers={"Refresh": PAUSES[state]} if state in PAUSES else {})
