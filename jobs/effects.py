"""What each kind of effect does. Own tables are written in the transaction that finishes the effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy.orm import undefer

from integrations import radius
from models.base import db, read_only
from models.documents import Document
from models.network import Connection
from models.services import Service
from web import pdf
from web.documents import contract_html

Done = Callable[[], None]


def apply_access(payload: dict[str, Any]) -> Done:
    """Tell the access server what a service may use now; what it confirms is kept on the connection."""
    with read_only():
        service = db.session.get_one(Service, payload["service_id"])
        access, id = service.access, service.id
        db.session.rollback()
    radius.make(current_app.config["MODE"]).apply(id, access)
    return lambda: Connection.of(db.session.get_one(Service, id)).applied(access)


def render_document(payload: dict[str, Any]) -> Done:
    """Print a document once; one that is ready stays as it is."""
    with read_only():
        document = db.session.get_one(Document, payload["document_id"], options=[undefer(Document.values)])
        ready, values = document.ready, document.values
        db.session.rollback()
    if ready:
        return lambda: None
    html, css = contract_html(values)  # type: ignore[arg-type]
    content = pdf.render(html, css, {})

    def keep() -> None:
        db.session.get_one(Document, payload["document_id"]).keep(content)

    return keep


EFFECTS: dict[str, Callable[[dict[str, Any]], Done]] = {
    "apply_access": apply_access,
    "render_document": render_document,
}
