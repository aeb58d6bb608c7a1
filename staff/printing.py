"""A PDF the worker prints: its bytes when they are ready, until then a page that asks again by itself."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.documents import Document
from models.documents.document import Printed
from web.printing import STATES, pdf, progress, waiting


def print_of(row: Printed, document_id: int) -> Document:
    """A print of a row, made now or before. Raises 404 for the print of anything else."""
    wanted = select(Document).where(Document.of(row), Document.id == document_id)
    return db.session.scalars(wanted).first() or abort(404)


def handed(document: Document, filename: str, wait: str) -> ResponseReturnValue:
    """The bytes, which only a post gives: that they were seen is committed with it. Until they are there, `wait`."""
    db.session.commit()
    return pdf(document.content, filename) if document.content is not None else redirect(wait, 303)


def awaited(row: Printed, document_id: int, *, the: str, again: str, ready: str, back: str) -> Response:
    """The page that waits for a print of `the` contract, invoice or carnê ('o contrato 12') and then posts to `ready`.

    `again` is its own address, `back` that of what is printed. Raises 404 for the print of anything else.
    """
    return waited([print_of(row, document_id)], the=the, again=again, ready=ready, back=back)


def waited(documents: Sequence[Document], *, the: str, again: str, ready: str, back: str) -> Response:
    """The same for one or several that open as one file: the one that is farthest from it is shown."""
    state, document = min(((progress(one), one) for one in documents), key=lambda one: STATES.index(one[0]))
    words = {"the": the, "again": again, "ready": ready, "back": back}
    return waiting(render_template("staff/prints/show.html", document=document, state=state, **words), state)
