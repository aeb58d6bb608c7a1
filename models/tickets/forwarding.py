"""Where a ticket goes next: along its process, elsewhere in it, into another; who follows it (A-100 to A-104)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, delete, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, changed, db, lock, upsert
from models.operators import Operator
from models.refused import Refused, require
from models.scope import TODAS, OfCompany, who
from models.tickets.holding import CLOSED, receivers
from models.workflows import Process, ProcessStep

ALL_DONE = "Todos os subprocessos foram executados. Finalize o atendimento, ou envie para outro subprocesso."
FOLLOWS_NOT = "Esta pessoa não acompanha este atendimento. Veja em Acompanham quem acompanha."


class TicketStay(OfCompany, Base):
    """A stay of a ticket in a subprocess, with who brought it in and out (A-99)."""

    __tablename__ = "ticket_stay"

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("process_step.id"))
    entered_at: Mapped[datetime]
    entered_by: Mapped[str] = mapped_column(String(120))
    left_at: Mapped[datetime | None]
    left_by: Mapped[str] = mapped_column(String(120), default="")

    __table_args__ = (
        Index("ix_ticket_stay_ticket_id_id", "ticket_id", "id"),
        Index(
            "uq_ticket_stay_one_at_a_time",
            "ticket_id",
            unique=True,
            sqlite_where=text("left_at is null"),
            postgresql_where=text("left_at is null"),
        ),
    )


class Watcher(Base):
    """An operator who follows a ticket: it stands in their Workspace - Home, and they answer for nothing (A-102)."""

    __tablename__ = "watcher"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), primary_key=True, index=True)
    since: Mapped[datetime]


class Forwards:
    if TYPE_CHECKING:
        id: Any
        company_id: Any
        process_id: Any
        step_id: Any
        department_id: Any
        sla_type: Any
        record: Any
        announce: Any
        take: Any
        recount: Any
        release: Any
        status: Any
        refusal_to_act: Any
        require_version: Any
        require_held: Any

    def forward(self, version: int | None = None) -> None:
        """Seguir fluxo normal: to the first subprocess not yet executed. Raises Refused, Stale (A-100)."""
        self.require_version(version)
        self.require_held()
        step = self.next_step()
        if step is None:
            raise Refused(ALL_DONE)
        self._move(step, "fluxo normal")

    def refusal_of_step(self, step: ProcessStep | None) -> str | None:
        """Why it cannot go to this subprocess (A-103)."""
        if step is None or step.process_id != self.process_id or step.inactive_since:
            return "Escolha um subprocesso deste processo."
        return "O atendimento já está neste subprocesso. Escolha outro." if step.id == self.step_id else None

    def forward_to_step(self, step: ProcessStep | None, version: int | None = None) -> None:
        """To a subprocess somebody chose. Raises Refused for one of another process, Stale (A-103)."""
        self.require_version(version)
        self.require_held()
        if (refusal := self.refusal_of_step(step)) or step is None:
            raise Refused(refusal or "", field="step_id")
        self._move(step, "outro subprocesso")

    def refusal_of_process(self, process: Process | None) -> str | None:
        """Why it cannot go into this process (A-104)."""
        if process is None or process.inactive_since or process.company_id not in (TODAS, self.company_id):
            return "Escolha um processo em uso."
        if process.id == self.process_id:
            return "O atendimento já está neste processo. Escolha outro."
        if process.first_step() is None:
            return f"{process.name} não tem subprocessos. Crie um em Configuração, Processos."
        return None

    def forward_to_process(self, process: Process | None, version: int | None = None) -> None:
        """Into another process, at its first subprocess; the deadline follows (A-104, D-18). Raises Refused, Stale."""
        self.require_version(version)
        self.require_held()
        step = process.first_step() if process else None
        if (refusal := self.refusal_of_process(process)) or process is None or step is None:
            raise Refused(refusal or "", field="process_id")
        self.process_id, self.sla_type = process.id, process.sla_type
        self.recount(f"outro processo, {process.name}")
        self._move(step, f"outro processo, {process.name}")

    def next_step(self, besides: Collection[int] = ()) -> ProcessStep | None:
        """The first subprocess of its process, by priority, in which it has not been; nor in those `besides`."""
        been = set(db.session.scalars(select(TicketStay.step_id).where(TicketStay.ticket_id == self.id)))
        return self.process().next_step(been | set(besides))

    def process(self) -> Process:
        """What it goes through; of another company when it came from there with its customer."""
        every = {"every_company": "the process a ticket is in, whoever looks"}
        return db.session.scalars(select(Process).where(Process.id == self.process_id), execution_options=every).one()

    def enter(self, step: ProcessStep) -> None:
        """It is in this subprocess from now on, and with the sector of it."""
        self.step_id, self.department_id = step.id, step.department_id
        self.leave()
        self.stay(step.id)

    def stay(self, step_id: int) -> None:
        """A stay begins."""
        kept = {"entered_at": clock.now(), "entered_by": who().actor.name, "left_by": ""}
        db.session.add(TicketStay(company_id=self.company_id, ticket_id=self.id, step_id=step_id, **kept))

    def leave(self) -> None:
        """The stay that lasts is over."""
        here = update(TicketStay).where(TicketStay.ticket_id == self.id, TicketStay.left_at.is_(None))
        changed(here.values(left_at=clock.now(), left_by=who().actor.name))

    def _move(self, step: ProcessStep, way: str) -> None:
        before = db.session.get_one(ProcessStep, self.step_id).name
        self.enter(step)
        self.release()
        self.announce("moved", self.record("ticket.forwarded", before=before, after=step.name, way=way))

    def watch(self, operator: Operator | None, version: int | None = None) -> None:
        """Let an operator follow it. Raises Refused for who cannot see it, Stale (A-102)."""
        self.require_version(version)
        self.require_held()
        if (refusal := self.refusal_of_watcher(operator)) or operator is None:
            raise Refused(refusal or "", field="operator_id")
        row = upsert(Watcher).values(ticket_id=self.id, operator_id=operator.id, since=clock.now())
        # Not by its rowcount, which on PostgreSQL is -1 whatever happened.
        if db.session.scalar(row.on_conflict_do_nothing().returning(Watcher.operator_id)) is None:
            raise Refused(_follows(operator), field="operator_id")
        self.record("ticket.watched", watcher=operator.name)

    def refusal_of_watcher(self, operator: Operator | None, besides: Collection[int] = ()) -> str | None:
        """Why they cannot begin to follow it: they do not see it, or follow it already, as those `besides` (A-102)."""
        if operator is None or operator.id not in {row.id for row in receivers(self.company_id, "tickets.read")}:
            return "Escolha quem vai acompanhar, entre quem vê este atendimento."
        mine = select(Watcher).where(Watcher.ticket_id == self.id, Watcher.operator_id == operator.id)
        return _follows(operator) if operator.id in besides or db.session.scalars(mine).first() else None

    def refusal_to_unwatch(self, operator_id: int, holder_name: str | None = None) -> str | None:
        """Why whoever acts cannot end that somebody follows it: oneself one always takes out, until it is finished."""
        actor = who().actor
        if self.status == "closed":
            return CLOSED
        mine = (actor.kind, actor.id) == ("operator", operator_id)
        return None if mine else self.refusal_to_act(holder_name)

    def unwatch(self, operator: Operator) -> None:
        """They follow it no longer. Raises Refused when they did not, and once it is finished (A-109)."""
        lock(self)
        require(self.refusal_to_unwatch(operator.id))
        mine = (Watcher.ticket_id == self.id, Watcher.operator_id == operator.id)
        if not changed(delete(Watcher).where(*mine)):
            raise Refused(FOLLOWS_NOT)
        self.record("ticket.unwatched", watcher=operator.name)


def _follows(operator: Operator) -> str:
    return f"{operator.name} já acompanha este atendimento."
