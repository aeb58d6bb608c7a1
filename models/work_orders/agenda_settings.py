"""Agenda do campo of a company: in which hours it visits, and how long the way to the next visit takes (X-14, B-21)."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, db
from models.operators import Company
from models.operators.company_settings import CompanySettings
from models.workflows import HoursProfile
from models.workflows.chosen_row import hold, needs

USUAL_TRAVEL, MOST_TRAVEL = 30, 240  # minutes


class AgendaSettings(CompanySettings, Base):
    __tablename__ = "agenda_settings"
    kind = "os padrões da agenda"
    proposed = ("hours_profile_id", "travel_minutes")
    usual: ClassVar[dict[str, Any]] = {"travel_minutes": USUAL_TRAVEL}

    # Without one the hours are USUAL_WEEK of working_hours.py.
    hours_profile_id: Mapped[int | None] = mapped_column(
        ForeignKey("hours_profile.id"), info={"title": "horário de trabalho"}
    )
    travel_minutes: Mapped[int] = mapped_column(default=USUAL_TRAVEL, info={"title": "folga de deslocamento"})

    __table_args__ = (CheckConstraint(f"travel_minutes between 0 and {MOST_TRAVEL}", name="travel_minutes"),)

    hours_profile: Mapped[HoursProfile | None] = relationship(lazy="raise_on_sql", viewonly=True)

    def errors(self, values: dict[str, Any]) -> dict[str, str]:
        """An horário out of use or of another company is refused, and a way that takes longer than half a day."""
        errors = {}
        travel, chosen = values.get("travel_minutes", self.travel_minutes), values.get("hours_profile_id")
        if not isinstance(travel, int) or not 0 <= travel <= MOST_TRAVEL:
            errors["travel_minutes"] = "Escreva de 0 minuto a 4 horas. Exemplo: 30min."
        if chosen is not None and hold(HoursProfile, chosen, self.company_id) is None:
            errors["hours_profile_id"] = "Escolha um horário em uso, da empresa ou de TODAS."
        return errors


@needs(HoursProfile)
def _refusal(profile_id: int) -> str | None:
    """The hours of the field stay in use, or a day would have none."""
    used = select(Company.name).join(AgendaSettings, AgendaSettings.company_id == Company.id)
    used = used.where(AgendaSettings.hours_profile_id == profile_id).order_by(Company.id).limit(1)
    name = db.session.scalars(used).first()
    return f"Está nos padrões da agenda de {name}. Escolha outro lá antes de inativar." if name else None
