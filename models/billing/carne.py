"""Carnê: the invoices of one service for some months, printed as one booklet (C-36 to C-47, C-112, C-113)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.history import OfCompany

CARNE_STATUSES = {"open": "Em aberto", "cancelled": "Cancelado"}


class Carne(OfCompany, Base):
    __tablename__ = "carne"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[int]
    description: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(120), default="")
    status: Mapped[str] = mapped_column(String(10), default="open")
    used_from: Mapped[date]  # the day the customer began to use the service (C-39)
    first_due_on: Mapped[date]
    installments: Mapped[int]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))  # the last booklet printed
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        CheckConstraint("status in ('open','cancelled')", name="status"),
        CheckConstraint("installments between 1 and 60", name="installments"),
        CheckConstraint("used_from <= first_due_on", name="used_from"),
        Index("ix_carne_person_id", "person_id"),
        Index("ix_carne_service_id", "service_id"),
    )

    @property
    def label(self) -> str:
        return f"carnê {self.id}"
