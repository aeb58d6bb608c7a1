"""Padrões do atendimento of a company: what a new one is proposed with, and its SLA without contract (A-42, D-15)."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, db
from models.operators import Company
from models.operators.company_settings import CompanySettings
from models.workflows.chosen_row import ChosenRow, Refusal, hold, needs
from models.workflows.contact_origin import ContactOrigin
from models.workflows.notify_level import NO_LEVEL, NOTIFY_LEVELS, USUAL_LEVEL
from models.workflows.sla import SlaTable
from models.workflows.ticket_classification import TicketClassification

# Field: its table, and what else the row must be.
CHOICES: dict[str, tuple[type[ChosenRow], dict[str, bool], str]] = {
    "sla_table_id": (SlaTable, {}, "Escolha uma tabela de SLA em uso, da empresa ou de TODAS."),
    "contact_origin_id": (ContactOrigin, {}, "Escolha uma origem em uso, da empresa ou de TODAS."),
    "opening_classification_id": (
        TicketClassification,
        {"closing": False},
        "Escolha uma classificação de abertura em uso, da empresa ou de TODAS.",
    ),
    "closing_classification_id": (
        TicketClassification,
        {"closing": True},
        "Escolha uma classificação de encerramento em uso, da empresa ou de TODAS.",
    ),
}


class AttendSettings(CompanySettings, Base):
    __tablename__ = "attend_settings"
    kind = "os padrões do atendimento"
    proposed = (*CHOICES, "notify_level", "overdue_only")
    usual: ClassVar[dict[str, Any]] = {"notify_level": USUAL_LEVEL, "overdue_only": False}

    sla_table_id: Mapped[int | None] = mapped_column(ForeignKey("sla_table.id"), info={"title": "SLA padrão"})
    contact_origin_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_origin.id"), info={"title": "origem do contato"}
    )
    opening_classification_id: Mapped[int | None] = mapped_column(
        ForeignKey("ticket_classification.id"), info={"title": "classificação de abertura"}
    )
    closing_classification_id: Mapped[int | None] = mapped_column(
        ForeignKey("ticket_classification.id"), info={"title": "classificação de encerramento"}
    )
    notify_level: Mapped[str] = mapped_column(String(5), info={"title": "notificação ao cliente"})
    # What counts as pending in the tile Financeiro of the express check (D-35).
    overdue_only: Mapped[bool] = mapped_column(default=False, info={"title": "somente faturas vencidas"})

    __table_args__ = (CheckConstraint(f"notify_level in {tuple(NOTIFY_LEVELS)!r}", name="notify_level"),)

    sla_table: Mapped[SlaTable | None] = relationship(lazy="raise_on_sql", viewonly=True)
    contact_origin: Mapped[ContactOrigin | None] = relationship(lazy="raise_on_sql", viewonly=True)
    opening_classification: Mapped[TicketClassification | None] = relationship(
        foreign_keys=opening_classification_id, lazy="raise_on_sql", viewonly=True
    )
    closing_classification: Mapped[TicketClassification | None] = relationship(
        foreign_keys=closing_classification_id, lazy="raise_on_sql", viewonly=True
    )

    def errors(self, values: dict[str, Any]) -> dict[str, str]:
        """A row out of use, of another company or for another moment is refused."""
        errors = {}
        if values.get("notify_level", self.notify_level) not in NOTIFY_LEVELS:
            errors["notify_level"] = NO_LEVEL
        if values.get("overdue_only", self.overdue_only) not in (True, False):
            errors["overdue_only"] = "Diga se a consulta mostra somente as vencidas."
        for field, id in values.items():
            if field not in CHOICES:
                continue
            table, wanted, sentence = CHOICES[field]
            found = hold(table, id, self.company_id)
            if id is not None and (found is None or any(getattr(found, key) != wanted[key] for key in wanted)):
                errors[field] = sentence
        return errors


def _keeper(table: type[ChosenRow]) -> Refusal:
    """What is proposed stays in use, or a new atendimento would begin with what may not be chosen."""
    proposed = [getattr(AttendSettings, field) for field, (of, _, _) in CHOICES.items() if of is table]

    def refusal(row_id: int) -> str | None:
        used = select(Company.name).join(AttendSettings, AttendSettings.company_id == Company.id)
        used = used.where(or_(*(column == row_id for column in proposed))).order_by(Company.id).limit(1)
        name = db.session.scalars(used).first()
        return f"Está nos padrões do atendimento de {name}. Escolha outro lá antes de inativar." if name else None

    return refusal


for _table in {of: None for of, _, _ in CHOICES.values()}:
    needs(_table)(_keeper(_table))
