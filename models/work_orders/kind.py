"""Tipo de Ordem de Serviço."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.operators.catalogue_row import CatalogueRow, chosen


class WorkOrderKind(CatalogueRow, Base):
    __tablename__ = "work_order_kind"
    kind: ClassVar[str] = "o tipo de OS"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    installation: Mapped[bool] = mapped_column(default=False, info={"title": "instalação"})
    inactive_since: Mapped[datetime | None]

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        chosen_now = new.get("installation", False)
        return super().errors(new) | chosen("installation", chosen_now, (True, False), "Diga se é uma instalação.")
