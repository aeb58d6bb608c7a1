"""Origem do Contato: by which way the customer spoke with the provider (A-08, A-42)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.operators.catalogue_row import chosen
from models.workflows.chosen_row import ChosenRow


class ContactOrigin(ChosenRow, Base):
    __tablename__ = "contact_origin"
    kind: ClassVar[str] = "a origem do contato"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    asks_technician: Mapped[bool] = mapped_column(default=False, info={"title": "pede o técnico"})
    inactive_since: Mapped[datetime | None]

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        now = new.get("asks_technician", False)
        return super().errors(new) | chosen("asks_technician", now, (True, False), "Diga se pede o técnico.")
