"""Feriado local: a day of the city or the state on which nobody is sent out; the national ones are known (B-21)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id
from models.operators.catalogue_row import chosen
from models.workflows.chosen_row import ChosenRow

EARLIEST, LATEST = 2000, 2100  # years


class LocalHoliday(ChosenRow, Base):
    __tablename__ = "local_holiday"
    kind: ClassVar[str] = "o feriado local"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), info={"title": "nome"})
    day: Mapped[date] = mapped_column(info={"title": "dia"})
    yearly: Mapped[bool] = mapped_column(default=True, info={"title": "todo ano"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("company_id", "name", "day"), KEPT_IDS)

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        if not isinstance(new.get("day"), date) or not EARLIEST <= new["day"].year <= LATEST:
            errors["day"] = "Escreva o dia do feriado. Exemplo: 27/11/2026."
        return errors | chosen("yearly", new.get("yearly", True), (True, False), "Diga se é todo ano.")
