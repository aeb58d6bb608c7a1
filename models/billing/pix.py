"""Pix of an invoice: the charge registered at the bank, and what the bank says came in (billing.md 4)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Cents, Id
from models.history import OfCompany

PIX_STATUSES = {
    "requested": "Pedido ao banco",
    "active": "Registrado",
    "done": "Pago",
    "removed": "Retirado",
}
RECEIPT_OUTCOMES = {
    "waiting": "A conferir",
    "settled": "Baixado",
    "divergent": "Diverge da fatura",
    "unknown": "Fatura desconhecida",
}


class PixCharge(OfCompany, Base):
    """A cobv: one per invoice, under the invoice's txid."""

    __tablename__ = "pix_charge"

    id: Mapped[Id]
    invoice_id: Mapped[int] = mapped_column(unique=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    txid: Mapped[str] = mapped_column(String(35), unique=True)
    status: Mapped[str] = mapped_column(String(10), default="requested")
    code: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    registered_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        CheckConstraint("status in ('requested','active','done','removed')", name="status"),
    )


class PixReceipt(OfCompany, Base):
    """A Pix the bank told us about, once per endToEndId, whoever told first: webhook or reconciliation."""

    __tablename__ = "pix_receipt"

    id: Mapped[Id]
    e2e_id: Mapped[str] = mapped_column(String(32), unique=True)
    txid: Mapped[str] = mapped_column(String(35), default="")
    amount_cents: Mapped[Cents]
    happened_at: Mapped[datetime]
    invoice_id: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(10), default="waiting")
    told_by: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        CheckConstraint("outcome in ('waiting','settled','divergent','unknown')", name="outcome"),
        CheckConstraint("told_by in ('webhook','reconciled')", name="told_by"),
        Index("ix_pix_receipt_outcome", "outcome"),
    )
