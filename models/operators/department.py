"""A sector of the provider: comercial, suporte, financeiro, supervisão (X-02)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id, db
from models.operators.catalogue_row import CatalogueRow, chosen

# What a sector does in the procedure of telephony; one sector has each duty, or nobody does (decision 026).
DUTIES = {
    "sales": "Vende e negocia (Comercial)",
    "support": "Cria e instala (Suporte)",
    "finance": "Ajusta contratos (Financeiro)",
}


class Department(CatalogueRow, Base):
    __tablename__ = "department"
    kind: ClassVar[str] = "o setor"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    duty: Mapped[str | None] = mapped_column(String(10), unique=True, info={"title": "papel na telefonia"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"duty in {tuple(DUTIES)!r}", name="duty"),
        CheckConstraint("duty is null or inactive_since is null", name="duty_in_use"),
        KEPT_IDS,
    )

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        if (duty := new.get("duty")) is not None:
            errors |= chosen("duty", duty, DUTIES, "Escolha o papel na lista.")
            if other := self._other_with(duty):
                errors["duty"] = f"{other} já tem este papel. Tire dele antes de dar a outro setor."
            if self.inactive_since:
                errors["duty"] = f"{self.name} está fora de uso. Reative antes de dar um papel."
        return errors

    def _other_with(self, duty: Any) -> str | None:
        rows = select(Department.name).where(Department.duty == duty, Department.id != (self.id or 0))
        return db.session.scalar(rows) if duty in DUTIES else None

    def refusal_to_retire(self) -> str | None:
        """Whoever answers for a step of the Planner is not missed there (U-25)."""
        if self.duty is None:
            return None
        return f"{self.name} tem um papel na telefonia: {DUTIES[self.duty]}. Dê o papel a outro setor antes."

    @classmethod
    def with_duty(cls, duty: str) -> Department | None:
        return db.session.scalars(select(cls).where(cls.duty == duty)).first()
