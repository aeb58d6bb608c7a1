"""What the customer of a ticket has seen of it in the Central: what came since is news, and worth one e-mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, case
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, db, upsert


class CustomerSeen(Base):
    """One row for each ticket somebody looked at, or wrote to its customer in."""

    __tablename__ = "customer_seen"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(default=0)  # the newest entry they have seen
    seen_at: Mapped[datetime | None]
    mailed: Mapped[bool] = mapped_column(default=False)  # about an answer, and they have not looked since


def saw(ticket_id: int, event_id: int) -> None:
    """The customer has the conversation before them, up to this entry of the timeline."""
    row = upsert(CustomerSeen).values(ticket_id=ticket_id, event_id=event_id, seen_at=clock.now(), mailed=False)
    newest = case((CustomerSeen.event_id < event_id, event_id), else_=CustomerSeen.event_id)
    values = {"event_id": newest, "seen_at": clock.now(), "mailed": False}
    db.session.execute(row.on_conflict_do_update(index_elements=["ticket_id"], set_=values))


def wants_word(ticket_id: int) -> bool:
    """Whether an answer is worth an e-mail: the first one since they looked. Asked once, it is promised."""
    row = upsert(CustomerSeen).values(ticket_id=ticket_id, event_id=0, seen_at=None, mailed=True)
    first = row.on_conflict_do_update(
        index_elements=["ticket_id"], set_={"mailed": True}, where=CustomerSeen.mailed.is_(False)
    )
    return db.session.scalar(first.returning(CustomerSeen.ticket_id)) is not None
