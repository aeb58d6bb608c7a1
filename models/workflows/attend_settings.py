"""Padrões do atendimento of a company: what a new one is proposed with, and its SLA without contract (A-42, D-15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, inspect, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base import Base, Id, db
from models.history import track
from models.operators import Company, company_of
from models.operators.catalogue_row import plain
from models.operators.versioned import Versioned
from models.refused import Refused
from models.scope import TODAS, OfCompany
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

PROPOSED = (*CHOICES, "notify_level")


class AttendSettings(Versioned, OfCompany, Base):
    """One row per company; a company without one follows TODAS."""

    __tablename__ = "attend_settings"
    kind: ClassVar[str] = "os padrões do atendimento"

    id: Mapped[Id]
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), unique=True)
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

    __table_args__ = (CheckConstraint(f"notify_level in {tuple(NOTIFY_LEVELS)!r}", name="notify_level"),)

    sla_table: Mapped[SlaTable | None] = relationship(lazy="raise_on_sql", viewonly=True)
    contact_origin: Mapped[ContactOrigin | None] = relationship(lazy="raise_on_sql", viewonly=True)
    opening_classification: Mapped[TicketClassification | None] = relationship(
        foreign_keys=opening_classification_id, lazy="raise_on_sql", viewonly=True
    )
    closing_classification: Mapped[TicketClassification | None] = relationship(
        foreign_keys=closing_classification_id, lazy="raise_on_sql", viewonly=True
    )

    @property
    def label(self) -> str:
        return "padrões do atendimento"

    @classmethod
    def of(cls, company_id: int) -> AttendSettings:
        """What a company follows: its own, that of TODAS, or nothing proposed."""
        wanted = select(cls).where(cls.company_id.in_((TODAS, company_id)))
        rows = {row.company_id: row for row in db.session.scalars(wanted)}
        return rows.get(company_id) or rows.get(TODAS) or cls(company_id=company_id, notify_level=USUAL_LEVEL)

    @classmethod
    def own(cls, company_id: int) -> AttendSettings:
        """Those of a company to change: its own, or new ones, of version 0, that begin as those it follows."""
        followed = cls.of(company_id)
        if followed.id is not None and followed.company_id == company_id:
            return followed
        return cls(company_id=company_id, version=0, **{field: getattr(followed, field) for field in PROPOSED})

    @classmethod
    def by_company(cls, companies: Iterable[Company]) -> dict[int, AttendSettings]:
        """Those each of these companies follows, with what they name; one question."""
        named = (cls.sla_table, cls.contact_origin, cls.opening_classification, cls.closing_classification)
        wanted = select(cls).options(*(joinedload(one) for one in named))
        rows = {row.company_id: row for row in db.session.scalars(wanted)}
        usual = {"notify_level": USUAL_LEVEL}
        return {row.id: rows.get(row.id) or rows.get(TODAS) or cls(company_id=row.id, **usual) for row in companies}

    def change(self, version: int | None = None, **values: Any) -> None:
        """Write those of a company. Raises Stale, Refused for a row out of use, of another company or moment."""
        if self.id is not None:
            self.require_version(version)
        if errors := self._errors(values):
            raise Refused(errors=errors)
        new = self.id is None
        changed = [key for key, value in values.items() if new or getattr(self, key) != value]
        before = {} if new else plain(self, changed)
        for key in changed:
            setattr(self, key, values[key])
        if new:
            self.version = 1
            db.session.add(self)
        elif changed:
            self.take()
        db.session.flush()
        if changed:
            titles = [inspect(AttendSettings).columns[key].info["title"] for key in changed]
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

    def _errors(self, values: dict[str, Any]) -> dict[str, str]:
        errors = {}
        if values.get("notify_level", self.notify_level) not in NOTIFY_LEVELS:
            errors["notify_level"] = NO_LEVEL
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
