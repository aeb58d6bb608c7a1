"""Consulta expressa of a ticket: what was found, when, kept as it was (A-32, A-33, C-58)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, changed, db
from models.express_check.asking import look_up
from models.express_check.finding import Finding
from models.refused import require
from models.scope import OfCompany
from models.tickets import Ticket
from models.wording import counted

OLD = 300  # seconds after which a stage asks anew as it is entered


class ExpressCheck(OfCompany, Base):
    """A run. Append-only by triggers: later runs stand beside it, and only its company follows the ticket's."""

    __tablename__ = "express_check"

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # whose: a draft may pass to somebody else
    kind: Mapped[str] = mapped_column(String(10), default="express")
    taken_at: Mapped[datetime]
    matters: Mapped[int]  # how many of the nine tiles were red
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    __table_args__ = (
        CheckConstraint("kind in ('express','diagnosis')", name="kind"),
        CheckConstraint("matters between 0 and 9", name="matters"),
        Index("ix_express_check_ticket_id_id", "ticket_id", "id"),
    )

    @property
    def found(self) -> list[Finding]:
        return [Finding.of(kept) for kept in self.findings]

    @property
    def is_old(self) -> bool:
        return (clock.now() - self.taken_at).total_seconds() > OLD

    @classmethod
    def refusal_to_run(cls, ticket: Ticket) -> str | None:
        """Why whoever acts does not ask: a draft has to be identified first, a ticket to be rescued."""
        refusal: str | None = ticket.refusal_to_start() if ticket.is_draft else ticket.refusal_to_act()
        return refusal

    @classmethod
    def run(cls, ticket: Ticket) -> ExpressCheck:
        """Ask all sources and keep what they said, with an entry in the conversation. Raises Refused (A-19, A-33)."""
        require(cls.refusal_to_run(ticket), fix=ticket)
        return cls._keep(ticket, "express", "express_check.ran")

    @classmethod
    def diagnose(cls, ticket: Ticket) -> ExpressCheck | None:
        """Keep the seven blocks with a ticket of the quick form, as it is saved; None without a service (C-58)."""
        return cls._keep(ticket, "diagnosis", "diagnosis.kept") if ticket.service_id else None

    @classmethod
    def _keep(cls, ticket: Ticket, kind: str, action: str) -> ExpressCheck:
        found = look_up(ticket, kind)
        red = [row for row in found if row.state == "matter"]
        row = cls(
            company_id=ticket.company_id,
            ticket_id=ticket.id,
            person_id=ticket.person_id,
            kind=kind,
            taken_at=clock.now(),
            matters=len(red),
            findings=[each.kept() for each in found],
        )
        db.session.add(row)
        db.session.flush()
        ticket.record(action, result=_result(red), check=row.id)
        return row

    @classmethod
    def follow(cls, ticket: Ticket) -> None:
        """The ticket went into another company with the record of its customer (B-03)."""
        changed(update(cls).where(cls.ticket_id == ticket.id).values(company_id=ticket.company_id))

    def today(self, ticket: Ticket) -> list[Finding]:
        """The same questions, answered now (B-24)."""
        return look_up(ticket, self.kind)


def _result(red: list[Finding]) -> str:
    """'2 pendências: Bloqueio, Redução', as the conversation says it; not all who read it may know of a debt."""
    if not red:
        return "nenhuma pendência"
    named = ", ".join(row.title for row in red if not row.is_money)
    return f"{counted(len(red), 'pendência')}{f': {named}' if named else ''}"


def newest(ticket: Ticket) -> ExpressCheck | None:
    """The last run for whoever is the customer of a ticket now."""
    return next(iter(checks_of(ticket, 1)), None)


def checks_of(ticket: Ticket, limit: int = 20) -> list[ExpressCheck]:
    """The runs for the customer of a ticket, the last first."""
    rows = select(ExpressCheck).where(ExpressCheck.ticket_id == ticket.id, ExpressCheck.person_id == ticket.person_id)
    return list(db.session.scalars(rows.order_by(ExpressCheck.id.desc()).limit(limit)))
