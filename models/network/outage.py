"""Notificação de Parada: a concentrator is down, since when, why, and until when probably (X-08, A-21)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.history import track
from models.network.access_concentrator import AccessConcentrator
from models.numbers import take
from models.operators.versioned import Versioned
from models.refused import Refused, require
from models.scope import OfCompany
from models.wording import tidy

_OPEN = text("closed_at is null")


class Outage(Versioned, OfCompany, Base):
    __tablename__ = "outage"

    id: Mapped[Id]
    code: Mapped[int]
    concentrator_id: Mapped[int] = mapped_column(ForeignKey("access_concentrator.id"))
    cause: Mapped[str] = mapped_column(String(200))
    opened_at: Mapped[datetime]
    forecast: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("cause <> ''", name="cause"),
        CheckConstraint("closed_at >= opened_at", name="closed_at"),
        CheckConstraint("forecast > opened_at", name="forecast"),
        # Of two that open one for the same concentrator the second finds it open already.
        Index("uq_outage_open", "concentrator_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_outage_concentrator_id_opened_at", "concentrator_id", "opened_at"),
    )

    @property
    def label(self) -> str:
        return f"parada cód. {self.code}"

    @classmethod
    def open(cls, concentrator: AccessConcentrator, cause: str, forecast: datetime | None = None) -> Outage:
        """Register that a concentrator is down. Raises Refused without a cause, or with a forecast that is over."""
        now = clock.now()
        if not tidy(cause):
            raise Refused("Escreva a causa da parada.", field="cause")
        if forecast is not None and forecast <= now:
            raise Refused("A previsão já passou. Escolha uma hora mais adiante.", field="forecast")
        row = cls(
            company_id=concentrator.company_id,
            concentrator_id=concentrator.id,
            code=take("outage"),
            cause=tidy(cause),
            opened_at=now,
            forecast=forecast,
        )
        db.session.add(row)
        db.session.flush()
        track("outage.opened", row, company_id=row.company_id, where=concentrator.name, cause=row.cause)
        return row

    def refusal_to_close(self) -> str | None:
        return f"A {self.label} já foi encerrada." if self.closed_at else None

    def close(self) -> None:
        """The concentrator is back. Raises Refused when it was told already, Stale when somebody was faster."""
        require(self.refusal_to_close())
        self.closed_at = clock.now()
        self.take()
        track("outage.closed", self, company_id=self.company_id)
