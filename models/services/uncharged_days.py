"""Days a service is not charged for: somebody decided so, with a reason, and may take it back (decision 017)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.pricing import Period, without
from models.refused import Refused, require
from models.scope import OfCompany, who
from models.wording import day, tidy


class UnchargedDays(OfCompany, Base):
    __tablename__ = "uncharged_days"

    id: Mapped[Id]
    service_id: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500))
    decided_by: Mapped[str] = mapped_column(String(120))
    decided_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        CheckConstraint("starts_on <= ends_on", name="ends_on"),
        CheckConstraint("reason <> ''", name="reason"),
        Index(
            "uq_uncharged_days_standing",
            "service_id",
            "starts_on",
            unique=True,
            sqlite_where=text("undone_at is null"),
            postgresql_where=text("undone_at is null"),
        ),
    )

    @property
    def label(self) -> str:
        return f"dias sem cobrança {self.id}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    def refusal_to_undo(self) -> str | None:
        return "Esta decisão já foi desfeita." if self.undone_at else None

    def undo(self, service: WaivesDays) -> None:
        """These days may be charged again; the decision stays in history. Raises Refused."""
        lock(service)
        lock(self)
        require(self.refusal_to_undo())
        self.undone_at = clock.now()
        db.session.flush()
        service.record("service.days_charged_again", plan=service.plan_name, period=in_words(self.period))


class WaivesDays:
    """What a service can do about days nobody charged."""

    if TYPE_CHECKING:  # columns and verbs of Service
        id: Mapped[int]
        company_id: Mapped[int]
        plan_name: Mapped[str]

        def record(self, action: str, **data: Any) -> None: ...

    def leave_uncharged(
        self,
        starts_on: date | None,
        ends_on: date | None,
        reason: str,
        gaps: Callable[[Self], Sequence[Period]],
    ) -> UnchargedDays:
        """Não cobrar estes dias: they must be days nobody charged, and are never billed by themselves again.

        `gaps` is asked under the lock: charges stand on a higher floor. Raises Refused with the fields at fault.
        """
        lock(self)
        reason, errors = tidy(reason), {}
        if starts_on is None:
            errors["starts_on"] = "Escolha o primeiro dia sem cobrança."
        if ends_on is None:
            errors["ends_on"] = "Escolha o último dia sem cobrança."
        elif starts_on and ends_on < starts_on:
            errors["ends_on"] = "O último dia vem antes do primeiro. Corrija um dos dois."
        if not reason:
            errors["reason"] = "Escreva o motivo. Exemplo: o cliente ficou sem serviço nesses dias."
        if not errors and starts_on and ends_on and without([Period(starts_on, ends_on)], gaps(self)):
            errors["starts_on"] = "Nem todos esses dias estão sem cobrança. Escolha dias dentro do intervalo mostrado."
        if errors or starts_on is None or ends_on is None:
            raise Refused(errors=errors)
        row = UnchargedDays(
            company_id=self.company_id,
            service_id=self.id,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            decided_by=who().actor.name,
            decided_at=clock.now(),
        )
        db.session.add(row)
        db.session.flush()
        self.record("service.days_uncharged", plan=self.plan_name, period=in_words(row.period), reason=reason)
        return row


def in_words(period: Period) -> str:
    """'01/11/2026 a 30/11/2026'."""
    return f"{day(period.from_)} a {day(period.to)}"
