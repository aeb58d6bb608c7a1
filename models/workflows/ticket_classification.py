"""Classificação: what an atendimento is about when it opens, or how it ended (A-38)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.operators.catalogue_row import chosen
from models.workflows.chosen_row import ChosenRow


class TicketClassification(ChosenRow, Base):
    __tablename__ = "ticket_classification"
    kind: ClassVar[str] = "a classificação"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    closing: Mapped[bool] = mapped_column(default=False, info={"title": "encerramento"})
    inactive_since: Mapped[datetime | None]

    @classmethod
    def for_moment(cls, closing: bool, company_id: int, kept: int | None = None) -> list[TicketClassification]:
        """Those offered when an atendimento opens, or when it ends; none of the other (A-38)."""
        return [row for row in cls.offered(company_id, kept) if row.closing is closing]

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        errors |= chosen("closing", new.get("closing", False), (True, False), "Diga se é de encerramento.")
        if self.id is not None and "closing" not in errors and new["closing"] != self.closing:
            errors["closing"] = "O momento não muda depois de criada: atendimentos já a usam. Crie outra classificação."
        return errors
