"""Distribuir a O.S.: an order handed to the field tool outside, once, and what that answered (A-83)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, changed, db, lock
from models.outbox import enqueue
from models.refused import Stale, require

STATES = ("queued", "sent", "refused")


class Distribution(Base):
    """One for each order: tried again after a refusal it is the same row, at its next attempt."""

    __tablename__ = "distribution"

    id: Mapped[Id]
    work_order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id"), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    attempt: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(60), default="")  # the number it has there
    refusal: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        CheckConstraint(f"state in {STATES!r}", name="state"),
        CheckConstraint("attempt > 0", name="attempt"),
        CheckConstraint("(state = 'queued') = (answered_at is null)", name="answered_at"),
        CheckConstraint("(state = 'sent') = (code <> '')", name="code"),
        CheckConstraint("(state = 'refused') = (refusal <> '')", name="refusal"),
    )

    @property
    def is_queued(self) -> bool:
        return self.state == "queued"

    def answer(self, code: str = "", refusal: str = "") -> bool:
        """Keep what the tool said: the number it has there, or why not. False when it was kept before."""
        values = {"state": "sent" if code else "refused", "code": code, "refusal": refusal[:200]}
        mine = update(Distribution).where(Distribution.id == self.id, Distribution.state == "queued")
        kept = changed(mine.values(answered_at=clock.now(), **values))
        db.session.refresh(self)
        return bool(kept)


class Distributes:
    if TYPE_CHECKING:
        id: Any
        number: Any
        record: Any

        def refusal_of_end(self, closed: str, cancelled: str) -> str | None: ...

    def distribution(self) -> Distribution | None:
        """What became of it outside; None: it was never handed over."""
        return db.session.scalars(select(Distribution).where(Distribution.work_order_id == self.id)).one_or_none()

    def refusal_to_distribute(self, found: Distribution | None) -> str | None:
        """Why it cannot be handed over, `found` being what became of it before."""
        if found and not found.refusal:
            words = f"Esta ordem já está no iClass, com o número {found.code}."
            return "Esta ordem já está na fila para o iClass." if found.is_queued else words
        return self.refusal_of_end("Uma ordem encerrada não se distribui", "Uma ordem cancelada não se distribui")

    def distribute(self) -> None:
        """Hand it over once what was written is committed; sent once, and again only after a refusal (A-83)."""
        lock(self)
        found = self.distribution()
        require(self.refusal_to_distribute(found))
        if found is None:
            found = Distribution(work_order_id=self.id, state="queued", attempt=1, asked_at=clock.now())
            db.session.add(found)
            db.session.flush()
        else:
            again = {"state": "queued", "attempt": found.attempt + 1, "answered_at": None, "refusal": ""}
            mine = update(Distribution).where(Distribution.id == found.id, Distribution.state == "refused")
            if not changed(mine.values(asked_at=clock.now(), **again)):
                raise Stale("Outra pessoa acabou de mandar distribuir esta ordem.")
            db.session.refresh(found)
        enqueue("distribute_order", f"{found.id}:{found.attempt}", {"distribution_id": found.id})
        self.record("work_order.distribution_asked", number=self.number)

    def distributed(self, found: Distribution, code: str = "", refusal: str = "") -> None:
        """What the tool answered, in the timelines of the order and of its ticket."""
        if not found.answer(code, refusal):
            return
        if code:
            self.record("work_order.distributed", number=self.number, code=code)
        else:
            self.record("work_order.distribution_refused", number=self.number, reason=refusal[:200])
