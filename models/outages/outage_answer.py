"""One answer for all the tickets of an outage, and its end: written once, delivered ticket by ticket (B-23)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, insert_all, lock
from models.network import Connection, Outage
from models.network.standing import standings
from models.outages.outage_credit import propose
from models.outages.outage_ticket import end_all, tickets_in
from models.outbox import enqueue
from models.refused import Refused, Stale, require
from models.scope import Actor, OfCompany, acting, inside_company, who
from models.tickets import VISIBILITIES, Ticket
from models.tickets.closing import refusal_of_closing
from models.tickets.commenting import refusal_of_text
from models.wording import hour, tidy_lines
from models.workflows import TicketClassification

STATES = ("waiting", "sent", "refused")
BACK = "A internet voltou às {hour}. Se ainda não voltou para você, responda por aqui."


class OutageAnswer(OfCompany, Base):
    """What somebody wrote of an outage: to the team alone, or to everybody whom it touches. `ends`: with its end.

    With `finishes_id`, a closing classification, it also finishes the tickets it answers that are back.
    """

    __tablename__ = "outage_answer"

    id: Mapped[Id]
    outage_id: Mapped[int] = mapped_column(ForeignKey("outage.id"))
    visibility: Mapped[str] = mapped_column(String(10))
    body: Mapped[str] = mapped_column(String(4000))
    ends: Mapped[bool] = mapped_column(default=False)
    finishes_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_classification.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"visibility in {tuple(VISIBILITIES)!r}", name="visibility"),
        CheckConstraint("body <> ''", name="body"),
        CheckConstraint("finishes_id is null or ends", name="finishes_id"),
        Index("ix_outage_answer_outage_id_id", "outage_id", "id"),
    )

    @classmethod
    def write(cls, outage: Outage, body: str, visibility: str) -> OutageAnswer:
        """Say something of an open outage: a note for the team, or one public comment in each of its tickets.

        Raises Refused with the fields at fault; Stale when it ended meanwhile.
        """
        lock(outage)
        require(outage.refusal_to_act())
        if not outage.is_open:
            raise Stale(f"A {outage.label} foi encerrada enquanto você escrevia. Responda em cada atendimento.")
        text, errors = tidy_lines(body), {}
        if refusal := refusal_of_text(text):
            errors["body"] = refusal
        if visibility not in VISIBILITIES:
            errors["visibility"] = "Diga quem lê: só a equipe, ou os clientes também."
        if errors:
            raise Refused(errors=errors)
        row = cls._add(outage, text, visibility)
        if visibility == "subscriber":
            row._send([(ticket, False) for ticket in tickets_in(outage)])
        return row

    @classmethod
    def end(
        cls, outage: Outage, at: datetime | None, version: int | None, classification: TicketClassification | None
    ) -> OutageAnswer:
        """It is back: tell all its tickets, finish those that are back too if there is a `classification`, and propose
        the credits. Raises Refused with the fields at fault, Stale.

        It holds the outage, as whoever joins a ticket to it: a ticket is in it and answered, or finds it ended.
        """
        lock(outage)
        outage.close(at, version)
        if classification and (refusal := refusal_of_closing(classification, outage.company_id)):
            raise Refused(refusal, field="classification_id")
        body = BACK.format(hour=hour(outage.closed_at or clock.now(), outage.zone))
        row = cls._add(outage, body, "subscriber", ends=True, finishes_id=classification.id if classification else None)
        found = tickets_in(outage)
        down = still_down(outage, [ticket for ticket in found if ticket.service_id]) if classification else set()
        row._send([(ticket, bool(classification) and ticket.id not in down) for ticket in found])
        end_all(outage, "over")
        if outage.credits:
            propose(outage)
        return row

    def replies(self) -> int:
        """To how many tickets it goes."""
        mine = select(func.count()).select_from(OutageReply).where(OutageReply.answer_id == self.id)
        return db.session.scalar(mine) or 0

    @classmethod
    def _add(cls, outage: Outage, body: str, visibility: str, **more: Any) -> OutageAnswer:
        actor = who().actor
        row = cls(
            outage_id=outage.id,
            company_id=outage.company_id,
            visibility=visibility,
            body=body,
            author_id=actor.id,
            author_name=actor.name,
            created_at=clock.now(),
            **{"ends": False, "finishes_id": None, **more},
        )
        db.session.add(row)
        db.session.flush()
        return row

    def _send(self, to: list[tuple[Ticket, bool]]) -> None:
        """Each ticket gets it by itself, so that one that cannot keeps nobody else from it."""
        insert_all(
            OutageReply,
            [
                {"answer_id": self.id, "ticket_id": ticket.id, "state": "waiting", "finishes": finishes, "refusal": ""}
                for ticket, finishes in to
            ],
        )
        for id in db.session.scalars(select(OutageReply.id).where(OutageReply.answer_id == self.id)):
            enqueue("answer_outage", str(id), {"outage_reply_id": id})


class OutageReply(Base):
    """An answer on its way to one ticket. Why it did not go, or the ticket was not finished, stands in `refusal`."""

    __tablename__ = "outage_reply"

    id: Mapped[Id]
    answer_id: Mapped[int] = mapped_column(ForeignKey("outage_answer.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    finishes: Mapped[bool] = mapped_column(default=False)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), unique=True)
    event_id: Mapped[int | None]  # of the comment, for who has read it
    refusal: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        UniqueConstraint("answer_id", "ticket_id"),
        CheckConstraint(f"state in {STATES!r}", name="state"),
        CheckConstraint("(state = 'sent') = (comment_id is not null)", name="comment_id"),
        CheckConstraint("state <> 'refused' or refusal <> ''", name="refusal"),
        Index("ix_outage_reply_ticket_id", "ticket_id"),
    )

    def deliver(self) -> None:
        """Write it into its ticket in the name of whoever wrote it, once; and finish that one where this was asked.

        What cannot be is kept as a refusal, for whoever looks at the outage.
        """
        lock(self)
        if self.state != "waiting":
            return
        answer = db.session.get_one(OutageAnswer, self.answer_id)
        ticket = lock(db.session.get_one(Ticket, self.ticket_id))
        author = Actor("operator", answer.author_id, answer.author_name)
        with acting(author, "job"), inside_company(ticket.company_id):
            if ticket.is_closed:
                self._refuse("O atendimento terminou antes da resposta.")
                return
            comment = ticket.say(answer.body, answer.visibility)
            event = ticket.newest()
            self.state, self.comment_id, self.event_id = "sent", comment.id, event.id if event else None
            if self.finishes:
                classification = db.session.get(TicketClassification, answer.finishes_id)
                try:
                    with db.session.begin_nested():
                        ticket.close_among(classification, ask_rating=True)
                except Refused as no:
                    self.refusal = no.sentence[:300]
        db.session.flush()

    def _refuse(self, why: str) -> None:
        self.state, self.refusal = "refused", why
        db.session.flush()


def still_down(outage: Outage, tickets: list[Ticket]) -> set[int]:
    """Those of some tickets whose service had no session again when it ended."""
    services = {ticket.service_id for ticket in tickets}
    found = standings(Connection.service_id.in_(services), Connection.medium.is_not(None)) if services else []
    back = {row.service.id for row in found if row.is_online}
    down = {row.service.id for row in found} - back
    return {ticket.id for ticket in tickets if ticket.service_id in down}
