"""Tipo de Ordem de Serviço: what a technician does, how long it takes, and what its end begins (A-87, D-37)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id
from models.operators.catalogue_row import CatalogueRow, chosen

LEAST_MINUTES, MOST_MINUTES = 5, 24 * 60


class WorkOrderKind(CatalogueRow, Base):
    __tablename__ = "work_order_kind"
    kind: ClassVar[str] = "o tipo de OS"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    installation: Mapped[bool] = mapped_column(default=False, info={"title": "instalação"})
    delivery: Mapped[bool] = mapped_column(default=False, info={"title": "implantação"})  # its end is the delivery
    minutes: Mapped[int] = mapped_column(default=60, info={"title": "duração"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"minutes between {LEAST_MINUTES} and {MOST_MINUTES}", name="minutes"),
        KEPT_IDS,
    )

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        errors |= chosen("installation", new.get("installation", False), (True, False), "Diga se é uma instalação.")
        errors |= chosen("delivery", new.get("delivery", False), (True, False), "Diga se é uma implantação.")
        minutes = new.get("minutes", 60)
        if not isinstance(minutes, int) or not LEAST_MINUTES <= minutes <= MOST_MINUTES:
            errors["minutes"] = "Escreva quanto dura, de 5 minutos a 24 horas. Exemplo: 1h30."
        return errors
