"""Régua de cobrança of a company: when a debt is told, cut and proposed for the end (RGC, D-24)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Select, bindparam, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, db
from models.history import track
from models.operators import Company, company_of
from models.operators.catalogue_row import plain
from models.operators.versioned import Versioned
from models.refused import Refused
from models.scope import TODAS, OfCompany

LEAST_DAYS = 15  # between the notice and a suspension (Resolução Anatel 765/2023, art. 70)
LEAST_SUSPENDED = 60  # days before a contract may be proposed for the end (art. 73)
MOST = 365


class DunningRule(Versioned, OfCompany, Base):
    """One row per company; a company without one follows TODAS, and TODAS the defaults below."""

    __tablename__ = "dunning_rule"
    kind: ClassVar[str] = "a régua de cobrança"

    id: Mapped[Id]
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), unique=True)
    notifies: Mapped[bool] = mapped_column(default=True, info={"title": "aviso"})
    notice_days: Mapped[int] = mapped_column(default=1, info={"title": "dias do aviso"})  # after the due date
    reduces: Mapped[bool] = mapped_column(
        default=False, info={"title": "redução"}
    )  # a step of ours, off since the RGC ended it
    reduce_days: Mapped[int] = mapped_column(default=15, info={"title": "dias da redução"})  # after the notice
    suspends: Mapped[bool] = mapped_column(default=True, info={"title": "suspensão"})
    suspend_days: Mapped[int] = mapped_column(default=15, info={"title": "dias da suspensão"})  # after the notice
    business_days_only: Mapped[bool] = mapped_column(
        default=True, info={"title": "fins de semana e feriados"}
    )  # nobody is cut before a weekend or holiday
    termination_days: Mapped[int] = mapped_column(
        default=60, info={"title": "dias da proposta de fim"}
    )  # suspended, before a person is asked

    __table_args__ = (
        CheckConstraint("notice_days between 1 and 365", name="notice_days"),
        CheckConstraint("reduce_days between 15 and 365", name="reduce_days"),
        CheckConstraint("suspend_days between 15 and 365", name="suspend_days"),
        CheckConstraint("termination_days between 60 and 365", name="termination_days"),
    )

    @property
    def label(self) -> str:
        return "régua de cobrança"

    @classmethod
    def of(cls, company_id: int) -> DunningRule:
        """The rule a company follows: its own, that of TODAS, or the defaults of the law."""
        wanted = {"companies": [TODAS, company_id]}
        rows = {row.company_id: row for row in db.session.scalars(_of_companies(), wanted)}
        return rows.get(company_id) or rows.get(0) or cls.default(company_id)

    @classmethod
    def own(cls, company_id: int) -> DunningRule:
        """The rule of a company to change: its own, or a new one, of version 0, that begins as the one it follows."""
        followed = cls.of(company_id)
        if followed.id is not None and followed.company_id == company_id:
            return followed
        kept = {column.key: getattr(followed, column.key) for column in cls.__table__.columns}
        return cls(**{**kept, "id": None, "company_id": company_id, "version": 0})

    @classmethod
    def by_company(cls, companies: Iterable[Company]) -> dict[int, DunningRule]:
        """The rule each of these companies follows; one question."""
        rows = {row.company_id: row for row in db.session.scalars(select(cls))}
        return {row.id: rows.get(row.id) or rows.get(TODAS) or cls.default(row.id) for row in companies}

    @classmethod
    def default(cls, company_id: int) -> DunningRule:
        return cls(
            company_id=company_id,
            **{column.key: column.default.arg for column in cls.__table__.columns if column.default is not None},
        )

    def change(self, version: int | None = None, **values: Any) -> None:
        """Write the rule of a company. Raises Stale, Refused for days the law does not allow."""
        if self.id is not None:
            self.require_version(version)
        errors = {}
        least = {
            "notice_days": 1,
            "reduce_days": LEAST_DAYS,
            "suspend_days": LEAST_DAYS,
            "termination_days": LEAST_SUSPENDED,
        }
        for field, days in least.items():
            if field in values and not (isinstance(values[field], int) and days <= values[field] <= MOST):
                law = " O mínimo é da Resolução Anatel 765/2023." if days > 1 else ""
                errors[field] = f"Escreva de {days} a {MOST} dias.{law}"
        if errors:
            raise Refused(errors=errors)
        changed = [key for key, value in values.items() if getattr(self, key) != value]
        before = plain(self, changed)
        for key in changed:
            setattr(self, key, values[key])
        if self.id is None:
            self.version = 1
            db.session.add(self)
        elif changed:
            self.take()
        db.session.flush()
        if changed:
            titles = [inspect(DunningRule).local_table.columns[key].info["title"] for key in changed]
            track(
                "catalog.changed",
                self,
                kind=self.kind,
                name=f"de {company_of(self).name}",
                changes=", ".join(titles),
                before=before,
                after=plain(self, changed),
                company_id=self.company_id,
            )


@cache
def _of_companies() -> Select[DunningRule]:
    return select(DunningRule).where(DunningRule.company_id.in_(bindparam("companies", expanding=True)))
