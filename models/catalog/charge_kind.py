"""Tipo de Serviço of a one-off charge: installation fee, visit, move of address (C-48)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.operators.catalogue_row import CatalogueRow


class ChargeKind(CatalogueRow, Base):
    __tablename__ = "charge_kind"
    kind: ClassVar[str] = "o tipo de serviço"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    inactive_since: Mapped[datetime | None]
