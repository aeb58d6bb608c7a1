"""What its customer is told of a ticket by itself, in the Central and by e-mail, by its level (A-39, decision 027)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, changed, db
from models.history import Event
from models.outbox import enqueue
from models.refused import Refused, Stale
from models.scope import OfCompany, who
from models.tickets.customer_seen import wants_word
from models.tickets.holding import CLOSED, DRAFT
from models.tickets.status import OPEN
from models.workflows.notify_level import NO_LEVEL, NOTIFY_LEVELS

# What happened, as its customer reads it: no name of a process, a sector or a classification, which are the team's.
TOLD = {
    "start": "O atendimento {protocol} foi aberto.",
    "end": "O atendimento {protocol} terminou.",
    "order": "Uma ordem de serviço foi aberta para o atendimento {protocol}.",
    "moved": "O atendimento {protocol} passou para a próxima etapa.",
}
TOLD_AT = {"none": (), "ends": ("start", "end"), "all": tuple(TOLD)}
# Whoever has the conversation open reads an answer there, and gets no e-mail about it.
GRACE = timedelta(minutes=1)


class TicketNotice(OfCompany, Base):
    """Stands in the conversation of the Central where its event does; words are made from its kind."""

    __tablename__ = "ticket_notice"

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    event_id: Mapped[int] = mapped_column(unique=True)  # of the act; events of long ago may go
    kind: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"kind in {tuple(TOLD)!r}", name="kind"),
        Index("ix_ticket_notice_ticket_id_event_id", "ticket_id", "event_id"),
    )

    def words(self, protocol: str) -> str:
        return TOLD[self.kind].format(protocol=protocol)


class Tells:
    if TYPE_CHECKING:
        id: Any
        status: Any
        company_id: Any
        notify_level: Any
        version: Any
        record: Any
        take: Any
        require_version: Any
        require_held: Any

    def announce(self, kind: str, event: Event) -> None:
        """Tell the customer of an act, where the level asks for it (A-39)."""
        if kind not in TOLD_AT[self.notify_level]:
            return
        db.session.flush()
        row = TicketNotice(
            ticket_id=self.id, company_id=self.company_id, event_id=event.id, kind=kind, created_at=clock.now()
        )
        db.session.add(row)
        db.session.flush()
        enqueue("tell_ticket", f"notice:{row.id}", {"ticket_notice_id": row.id})

    def answered(self, event: Event) -> None:
        """Somebody of the team wrote to the customer: one e-mail until they look, whatever the level."""
        if who().actor.kind == "operator" and wants_word(self.id):
            db.session.flush()
            about = {"ticket_id": self.id, "event_id": event.id}
            enqueue("tell_ticket", f"answer:{event.id}", about, at=clock.now() + GRACE)

    def order_opened(self) -> None:
        """An order of it is under way, says a floor above; of this and its end at once one is refused (A-108).

        Raises Stale for one that is finished, or a draft.
        """
        row: Any = type(self)
        db.session.flush()
        mine = update(row).where(row.id == self.id, row.status.in_(OPEN))
        if not changed(mine.values(open_orders=row.open_orders + 1)):
            raise Stale(DRAFT if self.status == "draft" else CLOSED, fix=self)
        db.session.refresh(self)

    def order_ended(self) -> None:
        """An order of it was closed or cancelled, by a floor above: it holds this ticket no longer (A-108)."""
        row: Any = type(self)
        db.session.flush()
        changed(update(row).where(row.id == self.id, row.open_orders > 0).values(open_orders=row.open_orders - 1))
        db.session.refresh(self)

    def change_notify_level(self, level: str, version: int | None = None) -> None:
        """How much the customer is told from now on. Raises Refused, Stale (A-39)."""
        self.require_version(version)
        self.require_held()
        if level not in NOTIFY_LEVELS:
            raise Refused(NO_LEVEL, field="notify_level")
        if level == self.notify_level:
            return
        before, after = NOTIFY_LEVELS[self.notify_level], NOTIFY_LEVELS[level]
        self.take(None, notify_level=level)
        self.record("ticket.notify_level_changed", before=before, after=after)
