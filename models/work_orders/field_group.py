"""Grupo de Atendimento: the technicians a work order is preferably given to (A-81)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import KEPT_IDS, Base, Id, db
from models.history import track
from models.operators import Operator
from models.operators.operator import at_work
from models.refused import Refused
from models.workflows.chosen_row import ChosenRow


class FieldGroupMember(Base):
    __tablename__ = "field_group_member"

    field_group_id: Mapped[int] = mapped_column(ForeignKey("field_group.id", ondelete="CASCADE"), primary_key=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), primary_key=True, index=True)


class FieldGroup(ChosenRow, Base):
    __tablename__ = "field_group"
    kind: ClassVar[str] = "o grupo de atendimento"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), info={"title": "nome"})
    inactive_since: Mapped[datetime | None]

    people: Mapped[list[Operator]] = relationship(  # for the list of the configuration, which asks it of every row
        secondary="field_group_member", viewonly=True, lazy="raise_on_sql"
    )

    __table_args__ = (UniqueConstraint("company_id", "name"), KEPT_IDS)

    def __init__(self, technicians: Iterable[int] = (), **values: Any) -> None:
        super().__init__(**values)
        self._chosen = list(technicians)

    @property
    def technicians(self) -> list[int]:
        """Who is in it, by number; of a new one, who was chosen."""
        if self.id is None:
            return self._chosen
        return list(self.members())

    def members(self) -> dict[int, str]:
        """Who is in it, in use or not: names by number, by name."""
        rows = select(Operator.id, Operator.name).join(FieldGroupMember, FieldGroupMember.operator_id == Operator.id)
        rows = rows.where(FieldGroupMember.field_group_id == self.id).order_by(Operator.name)
        return {row.id: row.name for row in db.session.execute(rows)}

    def create(self) -> None:
        """As any row of a catalogue, with its technicians. Raises Refused for one who is not at work there."""
        chosen = self._chosen
        self._require(chosen, {}, self.company_id)
        super().create()
        self._put(chosen)

    def change(self, version: int | None = None, **values: Any) -> None:
        """As any row of a catalogue; history names who was in it and who is. Raises Refused, Stale."""
        chosen = values.pop("technicians", None)
        self.require_version(version)
        had = self.members()
        if chosen is not None:
            self._require(chosen, had, values.get("company_id", self.company_id))
        super().change(None, **values)
        if chosen is None or set(chosen) == set(had):
            return
        self._put(chosen)
        self.take()
        before, after = {"technicians": list(had.values())}, {"technicians": list(self.members().values())}
        track("catalog.changed", self, kind=self.kind, name=self.name, changes="técnicos", before=before, after=after)

    def _put(self, chosen: list[int]) -> None:
        mine = FieldGroupMember.field_group_id == self.id
        db.session.execute(delete(FieldGroupMember).where(mine))
        rows = [{"field_group_id": self.id, "operator_id": id} for id in sorted(set(chosen))]
        if rows:
            db.session.execute(insert(FieldGroupMember), rows)

    def _require(self, chosen: list[int], had: dict[int, str], company_id: Any) -> None:
        there = technicians_of(company_id) if isinstance(company_id, int) else {}
        if not set(chosen) <= set(there) | set(had):
            raise Refused("Escolha técnicos em uso, que trabalham nesta empresa.", field="technicians")


def technicians_of(company_id: int) -> dict[int, str]:
    """The technicians at work in a company, by name; for TODAS those of every company."""
    rows = at_work(company_id, Operator.technician.is_(True)).order_by(Operator.name)
    return {row.id: row.name for row in db.session.execute(rows)}
