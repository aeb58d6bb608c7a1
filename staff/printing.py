"""A PDF the worker prints: its bytes when they are ready, until then a page that asks again by itself."""

from __future__ import annotations

from flask import Response, abort, render_template
from sqlalchemy import Select
from sqlalchemy.orm import undefer

from models.base import db
from models.documents import Document
from web.printing import pdf, progress, waiting


def opened(wanted: Select[tuple[Document]], *, the: str, filename: str, again: str, back: str) -> Response:
    """The PDF of `the` contract, invoice or carnê ('o contrato 12'), or the page that waits for it.

    `again` is the address of this answer, `back` that of what is printed.
    """
    document = db.session.scalars(wanted.options(undefer(Document.content))).first() or abort(404)
    if document.content is not None:
        return pdf(document.content, filename)
    state = progress(document)
    drawn = {"document": document, "given_up": state == "dead", "late": state == "late"}
    return waiting(render_template("staff/prints/show.html", **drawn, the=the, again=again, back=back), state)
