"""A sector of the provider: comercial, suporte, financeiro, supervisão (X-02)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.operators.catalogue_row import CatalogueRow


class Department(CatalogueRow, Base):
    __tablename__ = "department"
    kind: ClassVar[str] = "o setor"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    inactive_since: Mapped[datetime | None]
