"""Anexos of a ticket: the grid, the rail of one, its bytes (A-95 to A-98)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from models.desk.ticket_orders import photographed
from models.files import Attachment, shown
from models.tickets import Ticket
from models.wording import file_size
from staff.attend.loading import load, load_file, page
from web.access import staff
from web.doors import me
from web.forms import Form, text
from web.fragments import done
from web.uploads import Line, answer, receive, send_attachment, takes_files, tiles

attachments = Blueprint("attachments", __name__)


class Describing(Form):
    description = text("Descrição anexo", 200)


@attachments.get("/atendimentos/<int:id>/anexos")
@staff("tickets.read")
def index(id: int) -> ResponseReturnValue:
    return _grid(load(id))


@attachments.get("/atendimentos/<int:id>/anexos/adicionar")
@staff("tickets.attend")
def new(id: int) -> ResponseReturnValue:
    return _adding(load(id), [])


@attachments.post("/atendimentos/<int:id>/anexos/adicionar")
@staff("tickets.attend")
@takes_files
def create(id: int) -> ResponseReturnValue:
    ticket = load(id)
    sent = receive(ticket.attach)
    return answer(sent, url_for("staff.attachments.index", id=id), lambda: _adding(ticket, sent))


@attachments.get("/anexos/<int:id>")
@staff("tickets.read")
def edit(id: int) -> ResponseReturnValue:
    ticket, row = load_file(id)
    return _grid(ticket, row, Describing(obj=row).edits(row))


@attachments.post("/anexos/<int:id>")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    ticket, row = load_file(id)
    form = Describing().edits(row)
    if form.accepts(lambda: ticket.describe(row, form.seen, form.description.data or "")):
        return done(url_for("staff.attachments.edit", id=id), "Descrição gravada")
    return _grid(ticket, row, form), form.code


@attachments.get("/anexos/<int:id>/arquivo")
@staff("tickets.read")
def show(id: int) -> Response:
    _, row = load_file(id)
    return send_attachment(row, thumb="miniatura" in request.args, download="baixar" in request.args)


def _grid(ticket: Ticket, chosen: Attachment | None = None, form: Describing | None = None) -> str:
    made = tiles(shown(ticket), lambda row: _at("edit", row), lambda row: _at("show", row, miniatura=1))
    open_tile = next((tile for tile in made if chosen and tile.row.id == chosen.id), None)
    acts = chosen and {
        "describe": _at("update", chosen),
        "rotate": url_for("staff.attachment_turns.create", id=chosen.id),
        "remove": url_for("staff.attachment_removals.new", id=chosen.id),
        "download": _at("show", chosen, baixar=1),
    }
    return page(
        "staff/attachments/index.html",
        ticket,
        "anexos",
        tiles=made,
        chosen=open_tile,
        form=form,
        acts=acts,
        size=file_size(sum(tile.row.size_bytes for tile in made)),
        full=Attachment.refusal_to_attach(ticket),
        orders=photographed(ticket.id) if me().may("orders.read") else [],
    )


def _at(view: str, row: Attachment, **more: Any) -> str:
    return url_for(f"staff.attachments.{view}", id=row.id, **more)


def _adding(ticket: Ticket, sent: list[Line]) -> str:
    return page("staff/attachments/new.html", ticket, "anexos", lines=sent)
