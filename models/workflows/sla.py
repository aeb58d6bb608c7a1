"""Tabela de SLA: the time each of the six types of process has (A-35, A-36)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import KEPT_IDS, Base, Id, db
from models.wording import duration
from models.workflows.chosen_row import ChosenRow, hold, needs
from models.workflows.hours import HoursProfile

SLA_TYPES = {
    "preventive": "Preventiva",
    "emergency": "Emergencial",
    "corrective": "Corretiva",
    "doubt": "Dúvida",
    "activation": "Ativação",
    "other": "Outros",
}
MOST_MINUTES = 90 * 24 * 60


class SlaTable(ChosenRow, Base):
    __tablename__ = "sla_table"
    kind: ClassVar[str] = "a tabela de SLA"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, info={"title": "nome"})
    preventive_minutes: Mapped[int] = mapped_column(info={"title": "tempo de Preventiva"})
    emergency_minutes: Mapped[int] = mapped_column(info={"title": "tempo de Emergencial"})
    corrective_minutes: Mapped[int] = mapped_column(info={"title": "tempo de Corretiva"})
    doubt_minutes: Mapped[int] = mapped_column(info={"title": "tempo de Dúvida"})
    activation_minutes: Mapped[int] = mapped_column(info={"title": "tempo de Ativação"})
    other_minutes: Mapped[int] = mapped_column(info={"title": "tempo de Outros"})
    hours_profile_id: Mapped[int | None] = mapped_column(ForeignKey("hours_profile.id"), info={"title": "horário"})
    inactive_since: Mapped[datetime | None]

    hours_profile: Mapped[HoursProfile | None] = relationship(lazy="raise_on_sql", viewonly=True)  # None: day and night

    __table_args__ = (
        *(
            CheckConstraint(f"{type}_minutes between 1 and {MOST_MINUTES}", name=f"{type}_minutes")
            for type in SLA_TYPES
        ),
        KEPT_IDS,
    )

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        for field in (f"{type}_minutes" for type in SLA_TYPES):
            minutes = new.get(field)
            if not (isinstance(minutes, int) and 0 < minutes <= MOST_MINUTES):
                errors[field] = f"Escreva um tempo de 1min a {duration(MOST_MINUTES)}. Exemplos: 4h, 1h30, 45min."
        wanted, kept = new.get("hours_profile_id"), self.hours_profile_id if self.id is not None else None
        if wanted is not None and not hold(HoursProfile, wanted, new.get("company_id"), kept):
            errors["hours_profile_id"] = "Escolha um horário em uso, da empresa da tabela ou de TODAS."
        return errors


@needs(HoursProfile)
def _refusal_to_close(profile_id: int) -> str | None:
    used = select(SlaTable.name).where(SlaTable.hours_profile_id == profile_id, SlaTable.inactive_since.is_(None))
    name = db.session.scalars(used.order_by(SlaTable.name).limit(1)).first()
    return f"A tabela {name} conta por este horário. Escolha outro nela antes de inativar." if name else None
