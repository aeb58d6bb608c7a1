"""A ticket goes with the record of its customer into another company, where it is reached again (B-03, D-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, update

from models.base import changed, db
from models.files import Attachment
from models.operators import Company
from models.tickets.commenting import Comment
from models.tickets.forwarding import TicketStay, Watcher
from models.tickets.holding import receivers
from models.tickets.rating import Rating
from models.tickets.status import OPEN
from models.tickets.telling import TicketNotice


class Moves:
    if TYPE_CHECKING:
        __tablename__: str
        id: Any
        company_id: Any
        status: Any
        assignee_id: Any
        unidentified: Any
        record: Any
        take: Any
        require_version: Any

    def follow(self, company_id: int) -> None:
        """The customer's record stands in another company now, and with it this ticket and all that hangs on it.

        A draft is identified anew. Who does not attend there holds it no longer, and who does not see it there follows
        it no longer. The deadline stays as it was counted. A finished one moves without an entry (A-109).
        """
        self.require_version(None)
        before, values = self.company_id, dict[str, Any](company_id=company_id)
        hung = (Attachment.subject_type == self.__tablename__, Attachment.subject_id == self.id)
        changed(update(Attachment).where(*hung).values(company_id=company_id))
        changed(update(Comment).where(Comment.ticket_id == self.id).values(company_id=company_id))
        for hung_row in (TicketStay, TicketNotice, Rating):
            changed(update(hung_row).where(hung_row.ticket_id == self.id).values(company_id=company_id))
        sees = [row.id for row in receivers(company_id, "tickets.read")]
        changed(delete(Watcher).where(Watcher.ticket_id == self.id, Watcher.operator_id.not_in(sees)))
        if self.status == "draft":
            values |= self.unidentified()
        elif self.status in OPEN and self.assignee_id not in {row.id for row in receivers(company_id)}:
            values |= {"assignee_id": None, "held_since": None}
        self.take(None, **values)
        if self.status != "closed":
            names = [db.session.get_one(Company, id).name for id in (before, company_id)]
            self.record("ticket.company_moved", before=names[0], after=names[1])
