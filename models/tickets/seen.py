"""What one operator has of one ticket: when they last looked, that they write, and the text they have not sent."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, db, upsert
from models.tickets.commenting import LONGEST, VISIBILITIES
from models.wording import tidy_lines

ASKED = re.compile(r"(?<!\S)/\S*\s*\Z")  # a bar at the end, with what was typed behind it
PRESENT = timedelta(seconds=45)  # since the last sign of life


class TicketSeen(Base):
    """One row for each operator and ticket: presence, news since then, and the draft of a comment."""

    __tablename__ = "ticket_seen"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), primary_key=True)
    seen_at: Mapped[datetime]
    wrote_at: Mapped[datetime | None]
    visibility: Mapped[str] = mapped_column(String(10), default="internal")
    draft: Mapped[str] = mapped_column(String(LONGEST), default="")

    __table_args__ = (CheckConstraint(f"visibility in {tuple(VISIBILITIES)!r}", name="visibility"),)


def look(ticket_id: int, operator_id: int) -> None:
    """An operator has the ticket before them now."""
    _put(ticket_id, operator_id, seen_at=clock.now())


def keep_draft(ticket_id: int, operator_id: int, text: str, visibility: str) -> None:
    """Keep what is typed but not sent, as it is, for whoever typed it."""
    kind = visibility if visibility in VISIBILITIES else "internal"
    now = clock.now()
    _put(ticket_id, operator_id, seen_at=now, wrote_at=now, draft=text[:LONGEST], visibility=kind)


def forget_draft(ticket_id: int, operator_id: int, sent: str) -> None:
    """It was sent, and private is preset again; another text, as of a second window, is kept.

    What stood in the draft as a bar, a canned answer stands for in what was sent.
    """
    mine = db.session.get(TicketSeen, (ticket_id, operator_id))
    if mine and sent and tidy_lines(sent).startswith(tidy_lines(ASKED.sub("", mine.draft))):
        _put(ticket_id, operator_id, seen_at=clock.now(), wrote_at=None, draft="", visibility="internal")


def _put(ticket_id: int, operator_id: int, **values: object) -> None:
    first = {"wrote_at": None, "visibility": "internal", "draft": "", **values}
    row = upsert(TicketSeen).values(ticket_id=ticket_id, operator_id=operator_id, **first)
    db.session.execute(row.on_conflict_do_update(index_elements=["ticket_id", "operator_id"], set_=values))
