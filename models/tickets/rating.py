"""The rating of a finished ticket by its customer, once, when it was asked for (A-106)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock, upsert
from models.refused import Refused, Stale, require
from models.scope import OfCompany
from models.wording import tidy_lines

STARS = range(1, 6)
MOST_WHY = 1000
RATED = "Você já avaliou este atendimento. A nota vale uma vez."
NOT_ASKED = "Este atendimento não pede avaliação. Para contar algo à equipe, escreva nele."


class Rating(OfCompany, Base):
    __tablename__ = "rating"

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), unique=True)
    stars: Mapped[int]
    why: Mapped[str] = mapped_column(String(MOST_WHY), default="")
    created_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("stars between 1 and 5", name="stars"),)


class IsRated:
    if TYPE_CHECKING:
        id: Any
        status: Any
        company_id: Any
        rating_asked: Any
        record: Any

    def refusal_to_rate(self, rating: Rating | None = None) -> str | None:
        """Why its customer cannot rate it; `rating` where it has one."""
        if rating is not None:
            return RATED
        return None if self.status == "closed" and self.rating_asked else NOT_ASKED

    def rate(self, stars: int | None, why: str = "") -> Rating:
        """Keep what its customer thinks of it, from 1 to 5. Raises Refused, Stale the second time (A-106)."""
        lock(self)
        require(self.refusal_to_rate())
        why, errors = tidy_lines(why), {}
        if stars not in STARS:
            errors["stars"] = "Escolha uma nota de 1 a 5."
        if len(why) > MOST_WHY:
            errors["why"] = f"Escreva no máximo {MOST_WHY} letras. Este texto tem {len(why)}."
        if errors:
            raise Refused(errors=errors)
        values = {"ticket_id": self.id, "company_id": self.company_id, "stars": stars, "why": why}
        row = upsert(Rating).values(**values, created_at=clock.now())
        id = db.session.scalar(row.on_conflict_do_nothing().returning(Rating.id))
        if id is None:
            raise Stale(RATED)
        self.record("ticket.rated", stars=stars)
        return db.session.get_one(Rating, id)
