"""Suspension and reduction. The row stays open while the debt does, also under a trust unlock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.operators import today_of
from models.refused import Refused, require
from models.scope import OfCompany
from models.services.status import MOVES, STATUSES, Moves, status_phrase
from models.wording import tidy

ACTIONS = {"suspended_for_debt": "service.suspended", "reduced": "service.reduced"}


class Suspension(OfCompany, Base):
    __tablename__ = "suspension"

    id: Mapped[Id]
    service_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        CheckConstraint("status in ('suspended_for_debt','reduced')", name="status"),
        CheckConstraint("reason <> ''", name="reason"),
        Index(
            "uq_suspension_open",
            "service_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )


class Suspends(Moves):
    """What a service can do about debts: be suspended, be reduced, come back."""

    def refusal_to_suspend(self, to: str = "suspended_for_debt") -> str | None:
        if to in MOVES[self.status]:
            return None
        if to == self.status:
            return f"Este serviço já está {status_phrase(to)}."
        return f"Este serviço está {status_phrase(self.status)} e não pode passar a {status_phrase(to)}."

    def suspend(self, reason: str, to: str = "suspended_for_debt") -> Suspension:
        """Cut for debt, or only reduce (D-24), with a reason. Ends a trust unlock in force. Raises Refused (X-05)."""
        if to not in ACTIONS:
            raise Refused("Escolha a nova situação.", field="to")
        lock(self)
        require(self.refusal_to_suspend(to))
        reason = tidy(reason)
        if not reason:
            raise Refused("Escreva o motivo. Exemplo: fatura de outubro em aberto, aviso de 01/11.", field="reason")
        if self.end_trust("ended"):
            self.record("service.trust_ended", plan=self.plan_name, status=STATUSES[to])
        at = clock.now()  # one moment for both: a report knows by it what was cut again from what came back
        self._close_suspension(at)
        db.session.flush()  # the old row closes before the new one opens: only one may be open
        opened = Suspension(
            company_id=self.company_id,
            service_id=self.id,
            status=to,
            reason=reason,
            started_at=at,
        )
        db.session.add(opened)
        self.move_to(to)
        self.record(ACTIONS[to], plan=self.plan_name, reason=reason)
        return opened

    @property
    def awaits_installation(self) -> bool:
        return self.status == "awaiting_installation"

    def refusal_to_enable(self, suspended: bool | None = None) -> str | None:
        """Why it cannot be enabled. `suspended`: is a suspension open? None: not read yet, so it is asked here."""
        if self.status == "active" and not (self.open_suspension() if suspended is None else suspended):
            return "Este serviço já está habilitado."
        if self.status == "awaiting_migration":
            return "Este serviço aguarda migração: conclua a migração para habilitar."
        if self.status == "cancelled":
            return "Um serviço cancelado não volta. Use Adicionar Serviço."
        return None

    def enable(self, reason: str = "") -> None:
        """Make it active: after installation without a reason, out of a suspension only with one (D-19, D-26)."""
        lock(self)
        require(self.refusal_to_enable())
        reason = tidy(reason)
        waiting = self.awaits_installation
        if not waiting and not reason:
            raise Refused("Escreva o motivo: por que o serviço volta sem esperar o pagamento.", field="reason")
        self._close_suspension(clock.now())
        self.end_trust("settled")
        if self.status != "active":
            self.move_to("active")
        if self.activated_on is None:
            self.activated_on = today_of(self)
            self.starts_on = max(self.starts_on, self.activated_on)  # what was not installed was not used
        if waiting:
            self.record("service.installed", plan=self.plan_name)
        else:
            self.record("service.enabled", plan=self.plan_name, reason=reason)

    def open_suspension(self) -> Suspension | None:
        mine = (Suspension.service_id == self.id, Suspension.ended_at.is_(None))
        return db.session.scalars(select(Suspension).where(*mine)).first()

    def _close_suspension(self, at: datetime) -> None:
        suspension = self.open_suspension()
        if suspension:
            suspension.ended_at = at
