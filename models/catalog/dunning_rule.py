"""Régua de cobrança: when a debt is told, cut and proposed for the end, by name (RGC, D-24, A-120)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, bindparam, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id, db, lock
from models.history import track
from models.operators import Company
from models.operators.in_company import InCompany
from models.scope import TODAS

LEAST_DAYS = 15  # between the notice and a suspension (Resolução Anatel 765/2023, art. 70)
LEAST_SUSPENDED = 60  # days before a contract may be proposed for the end (art. 73)
MOST = 365
LEAST = {
    "notice_days": 1,
    "reduce_days": LEAST_DAYS,
    "suspend_days": LEAST_DAYS,
    "termination_days": LEAST_SUSPENDED,
}
SWITCHES = ("notifies", "reduces", "suspends", "business_days_only")
USUAL = "is_default"  # the condition of the index, the same words on both databases


class DunningRule(InCompany, Base):
    """A contract may name one; who names none follows the default of the company, and without its own that of TODAS.

    TODAS always has a default: the migration put it there, with what the law asks for.
    """

    __tablename__ = "dunning_rule"
    kind: ClassVar[str] = "a régua de cobrança"

    id: Mapped[Id]
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), info={"title": "empresa"})
    name: Mapped[str] = mapped_column(String(100), unique=True, info={"title": "nome"})
    is_default: Mapped[bool] = mapped_column(default=False, info={"title": "padrão da empresa"})
    notifies: Mapped[bool] = mapped_column(default=True, info={"title": "aviso"})
    notice_days: Mapped[int] = mapped_column(info={"title": "dias do aviso"})  # after the due date
    reduces: Mapped[bool] = mapped_column(
        default=False, info={"title": "redução"}
    )  # a step of ours, off since the RGC ended it
    reduce_days: Mapped[int] = mapped_column(info={"title": "dias da redução"})  # after the notice
    suspends: Mapped[bool] = mapped_column(default=True, info={"title": "suspensão"})
    suspend_days: Mapped[int] = mapped_column(info={"title": "dias da suspensão"})  # after the notice
    business_days_only: Mapped[bool] = mapped_column(
        default=True, info={"title": "fins de semana e feriados"}
    )  # nobody is cut before a weekend or holiday
    termination_days: Mapped[int] = mapped_column(
        info={"title": "dias da proposta de fim"}
    )  # suspended, before a person is asked
    inactive_since: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("notice_days between 1 and 365", name="notice_days"),
        CheckConstraint("reduce_days between 15 and 365", name="reduce_days"),
        CheckConstraint("suspend_days between 15 and 365", name="suspend_days"),
        CheckConstraint("termination_days between 60 and 365", name="termination_days"),
        CheckConstraint("not is_default or inactive_since is null", name="default_in_use"),
        Index(
            "uq_dunning_rule_default",
            "company_id",
            unique=True,
            sqlite_where=text(USUAL),
            postgresql_where=text(USUAL),
        ),
        KEPT_IDS,
    )

    @classmethod
    def of(cls, company_id: int) -> DunningRule:
        """The default a company follows: its own, or that of TODAS."""
        return db.session.scalars(_defaults(), {"companies": [TODAS, company_id]}).first() or cls._missing()

    @classmethod
    def by_company(
        cls, companies: Iterable[Company], among: Iterable[DunningRule] | None = None
    ) -> dict[int, DunningRule]:
        """The default each of these companies follows; one question, or none `among` rows that are there already."""
        every = db.session.scalars(select(cls).where(cls.is_default)) if among is None else among
        found = {row.company_id: row for row in every if row.is_default}
        return {row.id: found.get(row.id) or found.get(TODAS) or cls._missing() for row in companies}

    @classmethod
    def offered(cls, company_id: int, kept: int | None = None) -> list[DunningRule]:
        """Those a contract of a company may name, its own and those of TODAS, and the one it has; by name."""
        return list(db.session.scalars(offered_ladders(select(cls), company_id, kept)))

    @classmethod
    def refusal_to_name(cls, ladder_id: int | None, company_id: int, kept: int | None = None) -> str | None:
        """Why a contract of a company may not name this ladder; `kept` is the one it has. None is the default."""
        if ladder_id is None or ladder_id in {row.id for row in cls.offered(company_id, kept)}:
            return None
        return "Escolha uma régua da lista: em uso, da empresa do contrato ou de TODAS."

    @classmethod
    def like(cls, company_id: int) -> DunningRule:
        """A new one, not written yet, with the days of the default that a company follows."""
        followed = cls.of(company_id)
        return cls(company_id=company_id, **{name: getattr(followed, name) for name in (*LEAST, *SWITCHES)})

    def refusal_to_retire(self) -> str | None:
        """A default is followed by whoever names nothing."""
        if not self.is_default:
            return None
        return "É a régua padrão da empresa. Em Editar, marque outra como padrão antes."

    def retire(self) -> None:
        """As any row of a catalogue: who names it goes on following it. Raises Refused for a default."""
        lock(self)  # somebody may be making it the default
        super().retire()

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        """Days the law allows, and always a default in TODAS."""
        errors = super().errors(new)
        for field, least in LEAST.items():
            days = new.get(field)
            if not (isinstance(days, int) and least <= days <= MOST):
                law = " O mínimo é da Resolução Anatel 765/2023." if least > 1 else ""
                errors[field] = f"Escreva de {least} a {MOST} dias.{law}"
        if self.id is None:
            return errors
        if self.is_default and new["company_id"] != self.company_id:
            errors.setdefault("company_id", "É a régua padrão da empresa dela. Crie outra em TODAS.")
        elif self.is_default and not new["is_default"] and self.company_id == TODAS:
            errors["is_default"] = (
                "Quem não tem régua própria segue esta. Marque outra de TODAS como padrão, e esta deixa de ser."
            )
        elif new["is_default"] and self.inactive_since:
            errors["is_default"] = "Esta régua está fora de uso. Reative antes de a fazer padrão."
        return errors

    def _write_named(self, values: dict[str, Any]) -> None:
        """There is one default in a company: the former one steps back in the same act."""
        if values.get("is_default"):
            self._replace_default(values.get("company_id", self.company_id))
        super()._write_named(values)

    def _replace_default(self, company_id: int) -> None:
        lock(db.session.get_one(Company, company_id))  # of two who choose a default, the later replaces the earlier's
        mine = select(DunningRule).where(DunningRule.is_default, DunningRule.company_id == company_id)
        former = db.session.scalars(mine.execution_options(populate_existing=True)).first()
        if former is None or former is self:
            return
        former.take(is_default=False)
        before, after = {"is_default": True}, {"is_default": False}
        words = ", ".join(former.titles(["is_default"]))
        track("catalog.changed", former, kind=self.kind, name=former.name, changes=words, before=before, after=after)

    @classmethod
    def _missing(cls) -> DunningRule:
        raise LookupError("TODAS has no default ladder: flask check tells, the migration puts one there")


def offered_ladders(rows: Any, company_id: int, kept: int | None = None) -> Any:
    """`rows` of ladders, reduced to what a contract of a company may name. A contract in TODAS names one of TODAS."""
    table = DunningRule
    free = or_(table.inactive_since.is_(None), table.id == kept)
    return rows.where(free, table.company_id.in_((TODAS, company_id))).order_by(table.name)


@cache
def _defaults() -> Select[DunningRule]:
    """The defaults of companies, TODAS last."""
    mine = DunningRule.company_id.in_(bindparam("companies", expanding=True))
    return select(DunningRule).where(DunningRule.is_default, mine).order_by(DunningRule.company_id.desc())
