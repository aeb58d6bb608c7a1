"""What files hang on in tests, and a door for them: a ticket's own views come later, and are as short as these."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from flask import Flask, abort, render_template_string, request, url_for

from models.base import db
from models.files import Attachment, attachment_of, incoming, shown
from tests import cast, pictures
from web import once
from web.access import staff as for_staff
from web.uploads import answer, receive, send_attachment, takes_files, tiles


@dataclass
class Holder:
    """Stands for a ticket of somebody."""

    id: int
    person_id: int
    company_id: int
    __tablename__ = "ticket"


def ticket(id: int = 482, who: str = "rita") -> Holder:
    person = cast.SUBSCRIBERS[who]()
    return Holder(id, person.id, person.company_id)


def attach(subject: Holder, name: str = "antena.jpg", content: bytes = b"", visibility: str = "internal") -> Attachment:
    """A file, by whoever acts."""
    return Attachment.attach(subject, incoming(name, BytesIO(content or pictures.photo())), visibility)


ADDRESS = "/provas/<int:id>/anexos"
PLACE = "/provas/482/anexos"
PAGE = """{% extends "staff/base.html" %}{% set family = "attachments" %}
{% from "components/uploads.html" import drop, thumbs, uploads_end %}
{% block title %}Anexos{% endblock %}
{% block content %}<h1>Anexos</h1>
{{ thumbs(tiles) }}{{ drop(place, '202611.482', lines) }}{{ uploads_end(place, lines) }}{% endblock %}"""


def _load(id: int) -> Holder:
    return ticket(id) if id in (482, 483) else abort(404)


def page(id, lines=()):
    href = lambda row: url_for("staff.attached.show", id=id, file=row.id)  # noqa: E731
    files = tiles(shown(_load(id)), href, lambda row: f"{href(row)}?miniatura=1")
    return render_template_string(PAGE, tiles=files, place=f"/provas/{id}/anexos", lines=lines)


@for_staff("people.read")
def index(id):
    return page(id)


@for_staff("people.read")
@takes_files
def create(id):
    subject = _load(id)
    lines = receive(lambda file, sees: Attachment.attach(subject, file, sees))
    return answer(lines, url_for("staff.attached.index", id=id), lambda: page(id, lines))


@for_staff("people.read")
def show(id, file):
    row = attachment_of(_load(id), file) or abort(404)
    return send_attachment(row, thumb="miniatura" in request.args, download="baixar" in request.args)


@contextmanager
def door(made: Flask) -> Iterator[Flask]:
    """An application of one's own with these views; its connections are closed at the end."""
    made.add_url_rule(ADDRESS, "staff.attached.index", index)
    made.add_url_rule(ADDRESS, "staff.attached.create", once._once(create), methods=["POST"])
    made.add_url_rule(f"{ADDRESS}/<int:file>", "staff.attached.show", show)
    yield made
    with made.app_context():
        db.engine.dispose()
