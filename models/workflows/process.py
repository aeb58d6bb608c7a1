"""Processo: what an atendimento goes through, subprocess by subprocess, each with its sector (A-34, A-35, A-101)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from models.base import KEPT_IDS, Base, Id, db, lock
from models.history import track
from models.operators import Department
from models.operators.catalogue_row import CatalogueRow, chosen
from models.refused import Refused, require
from models.workflows.chosen_row import ChosenRow, refusal_while_needed
from models.workflows.sla import SLA_TYPES

IN_USE = text("inactive_since is null")


class Process(ChosenRow, Base):
    __tablename__ = "process"
    kind: ClassVar[str] = "o processo"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    sla_type: Mapped[str] = mapped_column(String(12), info={"title": "tipo de SLA"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"sla_type in ({', '.join(repr(type) for type in SLA_TYPES)})", name="sla_type"),
        KEPT_IDS,
    )

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        return super().errors(new) | chosen("sla_type", new.get("sla_type"), SLA_TYPES, "Escolha o tipo de SLA.")

    @classmethod
    def offered(cls, company_id: int | None = None, kept: int | None = None) -> list[Process]:
        """Those an atendimento may begin in: in use, with a subprocess in use (A-34)."""
        begun = set(db.session.scalars(select(ProcessStep.process_id).where(ProcessStep.inactive_since.is_(None))))
        return [row for row in super().offered(company_id, kept) if row.id in begun or row.id == kept]

    def steps(self, in_use: bool = True) -> list[ProcessStep]:
        """The subprocesses in use, or all, the one of highest priority first, with their sectors."""
        mine = select(ProcessStep).where(ProcessStep.process_id == self.id)
        mine = mine.where(ProcessStep.inactive_since.is_(None)) if in_use else mine
        return list(
            db.session.scalars(mine.order_by(ProcessStep.position).options(selectinload(ProcessStep.department)))
        )

    def first_step(self) -> ProcessStep | None:
        """Where an atendimento begins; None while the process has no subprocess in use."""
        return self.next_step(())

    def next_step(self, executed_ids: Collection[int]) -> ProcessStep | None:
        """The subprocess of highest priority that was not executed yet; None when none is left (A-100)."""
        return next((step for step in self.steps() if step.id not in executed_ids), None)

    def reorder(self, ids: Sequence[int], version: int | None = None) -> None:
        """Set the priority of the subprocesses in use: these ids, the first one first (A-101).

        Raises Stale when somebody was faster, Refused when the ids are not those of the subprocesses in use.
        """
        self.require_version(version)
        require(self.refusal_to_change())
        steps = {step.id: step for step in self.steps()}
        if sorted(ids) != sorted(steps):
            raise Refused("Os subprocessos não são mais estes. Abra o processo de novo e reordene.")
        if list(ids) == list(steps):
            return
        before, after = (", ".join(steps[id].name for id in order) for order in (steps, ids))
        for step in steps.values():
            step.position = -step.position  # away first: no two share a position, not even while they change places
        db.session.flush()
        for position, id in enumerate(ids, start=1):
            steps[id].position = position
        self.take()
        track(
            "catalog.changed",
            self,
            kind=self.kind,
            name=self.name,
            changes="ordem dos subprocessos",
            before={"steps": before},
            after={"steps": after},
        )

    def move(self, step_id: int, by: int, version: int | None = None) -> None:
        """Move a subprocess so many places, -1 towards the highest priority; at the end it stays (A-101)."""
        ids = [step.id for step in self.steps()]
        if step_id not in ids:
            raise Refused("Este subprocesso está fora de uso. Reative antes de mudar a prioridade.")
        place = ids.index(step_id)
        ids.insert(max(0, place + by), ids.pop(place))
        self.reorder(ids, version)


class ProcessStep(CatalogueRow, Base):
    """Subprocesso. Its place among those in use is its priority, 1 the highest."""

    __tablename__ = "process_step"
    kind: ClassVar[str] = "o subprocesso"

    id: Mapped[Id]
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60), info={"title": "nome"})
    position: Mapped[int]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), info={"title": "setor responsável"})
    inactive_since: Mapped[datetime | None]

    process: Mapped[Process] = relationship(lazy="raise_on_sql", viewonly=True)
    department: Mapped[Department] = relationship(lazy="raise_on_sql", viewonly=True)

    __table_args__ = (
        Index(
            "uq_process_step_position",
            "process_id",
            "position",
            unique=True,
            sqlite_where=IN_USE,
            postgresql_where=IN_USE,
        ),
        UniqueConstraint("process_id", "name"),
        KEPT_IDS,
    )

    @classmethod
    def seen(cls) -> list[ColumnElement[bool]]:
        """Those of the processes that whoever acts sees."""
        return [cls.process_id.in_(select(Process.id).where(*Process.seen()))]

    def refusal_to_change(self) -> str | None:
        """Whoever may change the process."""
        return self._process().refusal_to_change()

    def refusal_to_retire(self) -> str | None:
        """A process that has a subprocess keeps one: an atendimento of it has to be somewhere."""
        if self.id is None or self.inactive_since is not None or len(self._process().steps()) > 1:
            return refusal_while_needed(self)
        return f"É o único subprocesso em uso de {self._process().name}. Adicione outro, ou inative o processo."

    def create(self) -> None:
        """Add it below the others. Raises Refused with a sentence for each wrong field, or when the name is taken."""
        self.position = self._last_place()
        super().create()

    def retire(self) -> None:
        """As any row of a catalogue. Raises Refused for the last one of its process."""
        lock(self._process())
        super().retire()

    def remove(self) -> None:
        """As any row of a catalogue. Raises Refused for the last one of its process."""
        lock(self._process())
        super().remove()

    def restore(self) -> None:
        """Take back into use, below the others: its place may be another's by now."""
        if self.inactive_since is not None:
            self.position = self._last_place()
        super().restore()

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        wanted = new.get("department_id")
        found = db.session.get(Department, wanted) if isinstance(wanted, int) else None
        if found is None or (found.inactive_since and found.id != self._kept_department()):
            errors["department_id"] = "Escolha o setor responsável, entre os que estão em uso."
        return errors

    def _kept_department(self) -> int | None:
        return self.department_id if self.id is not None else None

    def _process(self) -> Process:
        return db.session.get_one(Process, self.process_id)

    def _last_place(self) -> int:
        lock(self._process())
        used = select(func.max(ProcessStep.position)).where(
            ProcessStep.process_id == self.process_id, ProcessStep.inactive_since.is_(None)
        )
        return (db.session.scalar(used) or 0) + 1


def steps_by_process() -> dict[int, list[ProcessStep]]:
    """The subprocesses in use of every process that whoever acts sees, the one of highest priority first."""
    rows = select(ProcessStep).where(ProcessStep.inactive_since.is_(None), *ProcessStep.seen())
    found: dict[int, list[ProcessStep]] = {}
    for step in db.session.scalars(rows.order_by(ProcessStep.position)):
        found.setdefault(step.process_id, []).append(step)
    return found
