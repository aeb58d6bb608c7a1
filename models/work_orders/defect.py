"""Defeito Associado: what a work order is opened against, chosen from a catalogue (A-81)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.operators.catalogue_row import CatalogueRow


class Defect(CatalogueRow, Base):
    __tablename__ = "defect"
    kind: ClassVar[str] = "o defeito"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    inactive_since: Mapped[datetime | None]
