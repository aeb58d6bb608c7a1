"""The ticket of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import abort, render_template, url_for
from sqlalchemy import select

from models.base import db
from models.desk import ticket_page
from models.desk.ticket_page import Entry, TicketHead
from models.files import Attachment
from models.history import Event
from models.tickets import Comment, Ticket
from models.wording import near
from models.workflows import SLA_TYPES
from staff.attend.tools import tools
from staff.loading import load_row, stand_by
from web.contacts import call, chat
from web.doors import me
from web.history import THROUGH, actor, icon, sentence


def requires(*permissions: str) -> None:
    """What a view needs beside the permission it names: 403 without."""
    if not all(map(me().may, permissions)):
        abort(403)


def load(id: int) -> Ticket:
    """The row, to act on."""
    return load_row(Ticket, id)


def load_file(id: int) -> tuple[Ticket, Attachment]:
    """A file that hangs on a ticket somebody may see, with the ticket."""
    row = db.session.scalars(select(Attachment).where(Attachment.id == id)).first()
    if row is None or row.subject_type != Ticket.__tablename__ or row.deleted_at:
        abort(404)
    return load(row.subject_id), row


def load_head(id: int) -> TicketHead:
    """All that a page begins with, to read."""
    head = ticket_page.head(id) or abort(404)
    stand_by(head.ticket)
    return head


def page(template: str, ticket: Ticket, tab: str = "", head: TicketHead | None = None, **values: Any) -> str:
    """A page of the ticket: every one begins with the same head, and says why nobody but its holder acts."""
    head = head or load_head(ticket.id)
    return render_template(
        template,
        head=head,
        ticket=head.ticket,
        tab=tab,
        why=head.ticket.refusal_to_act(head.holder),
        call=call(head.mobile or ""),
        chat=chat(head.mobile or "", head.text),
        matter=SLA_TYPES.get(head.ticket.sla_type or "", ""),
        mine=head.ticket.assignee_id == me().id,
        tools=[] if head.ticket.is_draft or head.ticket.is_closed else tools(head),
        **values,
    )


def here(ticket: Ticket) -> str:
    """Where a ticket goes on: its conversation, or the opening while it is a draft of whoever asks."""
    if ticket.refusal_to_go_on() or not me().may("tickets.attend"):
        return url_for("staff.tickets.show", id=ticket.id)
    return url_for("staff.identifications.edit" if ticket.staged else "staff.openings.edit", id=ticket.id)


def due_words(ticket: Ticket) -> str:
    """'hoje às 18:33', on the clock of its company."""
    return near(ticket.due_at, ticket.zone) if ticket.due_at else ""


class Told(NamedTuple):
    """An entry of the timeline in words."""

    event: Event
    comment: Comment | None
    by: str
    said: str
    through: str
    icon: str


def told(found: Iterable[Entry]) -> list[Told]:
    return [
        Told(event, comment, actor(event), sentence(event), THROUGH.get(event.channel, ""), icon(event))
        for event, comment in found
    ]
