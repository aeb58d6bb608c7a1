"""A PDF the worker prints: its bytes when they are ready, until then a page that asks again by itself."""

from __future__ import annotations

from flask import Response, abort, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import undefer

from models.base import db
from models.documents import Document
from models.documents.document import Printed
from web.printing import pdf, progress, waiting


def opened(row: Printed, document_id: int, *, the: str, filename: str, back: str) -> Response:
    """A print of a row: `the` contract, invoice or carnê ('o contrato 12'), or the page that waits for it.

    `back` is the address of what is printed. Raises 404 for the print of anything else.
    """
    wanted = select(Document).where(Document.of(row), Document.id == document_id).options(undefer(Document.content))
    document = db.session.scalars(wanted).first() or abort(404)
    if document.content is not None:
        return pdf(document.content, filename)
    state = progress(document)
    drawn = {"document": document, "given_up": state == "dead", "late": state == "late"}
    return waiting(render_template("staff/prints/show.html", **drawn, the=the, again=request.path, back=back), state)
