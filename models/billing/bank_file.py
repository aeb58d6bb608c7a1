"""Files exchanged with a bank: remessa out, retorno in. The same file twice changes nothing (billing.md 5)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column

from models.base import Base, Cents, Id
from models.history import OfCompany, OfOneCompany

DIRECTIONS = {"outgoing": "Remessa", "return": "Retorno"}
FILE_STATUSES = {
    "made": "Gerada",
    "read": "A conferir",
    "settling": "Processando",
    "settled": "Processado",
}
OUTCOMES = {
    "waiting": "A processar",
    "settled": "Baixada",
    "registered": "Registrado no banco",
    "rejected": "Recusado pelo banco",
    "closed": "Baixado no banco",
    "quarantine": "Título desconhecido",
    "twice": "Já estava encerrada",
    "info": "Só informação",
}


class BankFile(OfOneCompany, Base):
    """A file of an account. It belongs to the company somebody worked in who made or brought it."""

    __tablename__ = "bank_file"

    id: Mapped[Id]
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    direction: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    layout: Mapped[str] = mapped_column(String(10))
    sequence: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    titles: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[Cents] = mapped_column(default=0)
    brought_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        UniqueConstraint("bank_account_id", "direction", "sha256", name="uq_bank_file_once"),
        CheckConstraint("direction in ('outgoing','return')", name="direction"),
        CheckConstraint("layout in ('cnab240','cnab400')", name="layout"),
        CheckConstraint(f"status in {tuple(FILE_STATUSES)!r}", name="status"),
    )

    @property
    def label(self) -> str:
        return f"{DIRECTIONS[self.direction].lower()} {self.name}"


class BankFileRecord(OfCompany, Base):
    """A title in a retorno, as the bank told it."""

    __tablename__ = "bank_file_record"

    id: Mapped[Id]
    bank_file_id: Mapped[int]
    line: Mapped[int]
    nosso_numero: Mapped[str] = mapped_column(String(25))
    sequence: Mapped[int | None]  # in it, the number that we reserved; and its year, where each counts anew
    year: Mapped[int | None]
    our_number: Mapped[str] = mapped_column(String(30), default="")
    occurrence: Mapped[str] = mapped_column(String(4))
    meaning: Mapped[str] = mapped_column(String(12))
    paid_cents: Mapped[Cents] = mapped_column(default=0)
    discount_cents: Mapped[Cents] = mapped_column(default=0)
    bank_fee_cents: Mapped[Cents] = mapped_column(default=0)
    occurred_on: Mapped[date | None]
    credited_on: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(String(200), default="")
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))  # of any company the account serves
    outcome: Mapped[str] = mapped_column(String(12), default="waiting")

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "bank_file_id"], ["bank_file.company_id", "bank_file.id"]),
        UniqueConstraint("bank_file_id", "line"),
        CheckConstraint(f"outcome in {tuple(OUTCOMES)!r}", name="outcome"),
        Index("ix_bank_file_record_invoice_id", "invoice_id"),
    )
