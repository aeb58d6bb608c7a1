"""A hold: a person keeps the ladder from a service until a day, with a reason. It never undoes what stands."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Select, String, bindparam, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.operators import today_of
from models.refused import Refused, require
from models.scope import OfCompany, who
from models.services import Service
from models.wording import tidy

LONGEST = 90  # days; a longer peace is an agreement, and belongs into the invoice


class Hold(OfCompany, Base):
    __tablename__ = "hold"

    id: Mapped[Id]
    service_id: Mapped[int]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        CheckConstraint("reason <> ''", name="reason"),
        Index(
            "uq_hold_open",
            "service_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )

    @classmethod
    def of(cls, service: Service) -> Hold | None:
        return db.session.scalars(_standing(), {"service": service.id}).first()

    @classmethod
    def put(cls, service: Service, until: date | None, reason: str, version: int | None = None) -> Hold:
        """Keep the ladder from a service until the end of a day. A later one replaces it. Raises Refused, Stale."""
        service.require_version(version)
        today, errors = today_of(service), {}
        if until is None:
            errors["until"] = "Escolha até que dia segurar."
        elif not today <= until:
            errors["until"] = "O dia já passou. Escolha hoje ou um dia que vem."
        elif (until - today).days > LONGEST:
            errors["until"] = f"Segure no máximo {LONGEST} dias."
        if not tidy(reason):
            errors["reason"] = "Escreva o motivo. Exemplo: contestou o valor, protocolo 202611.48."
        if errors:
            raise Refused(errors=errors)
        cls._end(service)
        row = cls(
            company_id=service.company_id,
            service_id=service.id,
            until=until,
            reason=tidy(reason),
            operator_id=who().actor.id,
            created_at=clock.now(),
        )
        db.session.add(row)
        service.take()
        service.record("debt.held", plan=service.plan_name, until_on=row.until.isoformat(), reason=row.reason)
        return row

    @classmethod
    def lift(cls, service: Service) -> None:
        """Let the ladder go on. Raises Refused when nothing holds it."""
        lock(service)
        require(None if cls.of(service) else "Nada segura a cobrança deste serviço.")
        cls._end(service)
        service.take()
        service.record("debt.released", plan=service.plan_name)

    @classmethod
    def _end(cls, service: Service) -> None:
        standing = cls.of(service)
        if standing:
            standing.ended_at = clock.now()
            db.session.flush()


@cache
def _standing() -> Select[Hold]:
    return select(Hold).where(Hold.service_id == bindparam("service"), Hold.ended_at.is_(None))
