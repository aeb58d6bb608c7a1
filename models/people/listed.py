"""The catalogues of persons: group with its priority, origin, tag (C-05, C-06, C-111, D-31)."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id, db
from models.operators.catalogue_row import CatalogueRow, chosen

PRIORITIES = {0: "Normal", 1: "Alta", 2: "Urgente"}


class PersonGroup(CatalogueRow, Base):
    """Grupo de clientes and grupo de pessoas are one catalogue; it gives tickets their priority."""

    __tablename__ = "person_group"
    kind: ClassVar[str] = "o grupo de clientes"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    priority: Mapped[int] = mapped_column(default=0, info={"title": "prioridade"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("priority between 0 and 2", name="priority"), KEPT_IDS)

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        return super().errors(new) | chosen("priority", new.get("priority", 0), PRIORITIES, "Escolha a prioridade.")


def priority_of(group_id: int | None) -> int:
    """Of PRIORITIES: what a group gives to the tickets that begin now; without one, normal (A-29, A-30)."""
    if group_id is None:
        return 0
    return db.session.scalar(select(PersonGroup.priority).where(PersonGroup.id == group_id)) or 0


class Origin(CatalogueRow, Base):
    """By which way of selling the customer came."""

    __tablename__ = "origin"
    kind: ClassVar[str] = "a origem"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    inactive_since: Mapped[datetime | None]


class Tag(CatalogueRow, Base):
    __tablename__ = "tag"
    kind: ClassVar[str] = "a etiqueta"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(30), unique=True, info={"title": "nome"})
    inactive_since: Mapped[datetime | None]


class PersonTag(Base):
    __tablename__ = "person_tag"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
