"""Comments of a ticket, private or public; the last may be edited (A-91, A-110 to A-112, A-118)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.history import Event, track
from models.operators.versioned import Versioned
from models.refused import Refused, Stale, require
from models.scope import OfCompany, who
from models.tickets.holding import CLOSED
from models.wording import near, tidy_lines

VISIBILITIES = {"internal": "Privado", "subscriber": "Público"}
SAID = {"internal": "comment.noted", "subscriber": "comment.sent"}  # by whom it is read
LONGEST = 4000
NO_TEXT = "Escreva o comentário."


class Comment(Versioned, OfCompany, Base):
    """Its entry in the timeline is the event whose subject it is."""

    __tablename__ = "comment"
    stale = "Este comentário mudou depois que você o abriu. Confira o que está gravado."

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    visibility: Mapped[str] = mapped_column(String(10))
    body: Mapped[str] = mapped_column(String(LONGEST))
    author_kind: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int | None]
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"visibility in {tuple(VISIBILITIES)!r}", name="visibility"),
        CheckConstraint("body <> ''", name="body"),
        Index("ix_comment_ticket_id_id", "ticket_id", "id"),
    )

    @property
    def label(self) -> str:
        return f"comentário {VISIBILITIES[self.visibility].lower()}"

    def refusal_to_edit(self, newest: Event | None) -> str | None:
        """Why whoever acts may not edit it; `newest` is the newest entry of its ticket (A-110 to A-112)."""
        return self.refusal_of_author() or self.refusal_since(newest)

    def refusal_of_author(self) -> str | None:
        now = who().actor
        if (self.author_kind, self.author_id) == (now.kind, now.id):
            return None
        return f"Só quem escreveu edita, e este comentário é de {self.author_name}. Escreva um comentário novo."

    def refusal_since(self, newest: Event | None) -> str | None:
        if newest is None or (newest.subject_type, newest.subject_id) == ("comment", self.id):
            return None
        above = f"{newest.actor_name} agiu no atendimento {near(newest.occurred_at)}, acima dele."
        return f"Este comentário não pode mais ser editado. {above} Comente de novo com este texto."


class CommentVersion(Base):
    """What a comment said before an edit (A-118)."""

    __tablename__ = "comment_version"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(String(LONGEST))
    written_at: Mapped[datetime]


class Comments:
    if TYPE_CHECKING:
        id: Any
        company_id: Any
        person_id: Any
        label: Any
        status: Any
        record: Any
        require_held: Any
        answered: Any

    def refusal_to_type(self) -> str | None:
        """Why a comment that is not sent yet is not kept: one to a finished ticket never will be (A-109)."""
        return CLOSED if self.status == "closed" else None

    def comment(self, body: str, visibility: str) -> Comment:
        """Say something, to the team or to the customer as well. Raises Refused with the fields at fault (A-91)."""
        lock(self)
        self.require_held()
        return self.say(body, visibility)

    def say(self, body: str, visibility: str, *, mailed: bool = False) -> Comment:
        """The same inside another act, which has asked already whether it may; `mailed`: it goes by e-mail itself."""
        body, errors = tidy_lines(body), {}
        if refusal := refusal_of_text(body):
            errors["body"] = refusal
        if visibility not in VISIBILITIES:
            errors["visibility"] = "Diga quem lê: só a equipe, ou o cliente também."
        if errors:
            raise Refused(errors=errors)
        now = who().actor
        row = Comment(
            company_id=self.company_id,
            ticket_id=self.id,
            visibility=visibility,
            body=body,
            author_kind=now.kind,
            author_id=now.id,
            author_name=now.name,
            created_at=clock.now(),
            version=1,
        )
        db.session.add(row)
        db.session.flush()
        action = "comment.replied" if now.kind == "subscriber" else SAID[visibility]
        event = track(action, row, person_id=self.person_id, company_id=self.company_id)
        event.ticket_id = self.id
        if visibility == "subscriber" and not mailed:
            self.answered(event)
        return row

    def edit_comment(self, comment: Comment, body: str, version: int) -> None:
        """Write the last comment anew; what it said before is kept. Raises Refused, Stale (A-110 to A-112, A-118)."""
        lock(self)
        comment.require_version(version)
        require(comment.refusal_of_author())
        if above := comment.refusal_since(self.newest()):
            raise Stale(above)
        self.require_held()
        body = tidy_lines(body)
        if refusal := refusal_of_text(body):
            raise Refused(refusal, field="body")
        if body == comment.body:
            return
        number = db.session.scalar(
            select(func.count()).select_from(CommentVersion).where(CommentVersion.comment_id == comment.id)
        )
        since = comment.edited_at or comment.created_at
        db.session.add(CommentVersion(comment_id=comment.id, number=number, body=comment.body, written_at=since))
        comment.take(version, body=body, edited_at=clock.now())
        track("comment.edited", comment, person_id=self.person_id, company_id=self.company_id)

    def newest(self) -> Event | None:
        """The newest entry of its timeline."""
        mine = select(Event).where(Event.ticket_id == self.id)
        return db.session.scalars(mine.order_by(Event.id.desc()).limit(1)).first()


def refusal_of_text(body: str) -> str | None:
    """Why a text, tidied, is no comment: nothing is cut off it silently."""
    if not body:
        return NO_TEXT
    return f"Escreva no máximo {LONGEST} letras. Este texto tem {len(body)}." if len(body) > LONGEST else None
