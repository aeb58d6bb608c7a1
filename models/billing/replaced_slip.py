"""How an invoice could be paid before its due date moved: money still comes in by it, until the bank takes it off.

A slip that was printed or copied does not vanish with the new one. Its numbers stay the invoice's for ever.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id
from models.scope import OfCompany

STANDINGS = {
    "never": "nunca foi ao banco",
    "standing": "a baixar no banco",
    "asked": "baixa pedida ao banco",
    "closed": "baixado no banco",
    "paid": "liquidado",
}


class ReplacedSlip(OfCompany, Base):
    __tablename__ = "replaced_slip"

    id: Mapped[Id]
    invoice_id: Mapped[int]
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    account_edition: Mapped[int]
    issued_year: Mapped[int]
    nosso_numero: Mapped[int | None]  # NULL: it was a Pix code alone
    nosso_numero_printed: Mapped[str] = mapped_column(String(30))
    barcode: Mapped[str] = mapped_column(String(44))
    txid: Mapped[str] = mapped_column(String(35), unique=True)
    due_on: Mapped[date]
    at_bank: Mapped[str] = mapped_column(String(10))
    replaced_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("bank_account_id", "issued_year", "nosso_numero", name="uq_replaced_slip_nosso_numero"),
        ForeignKeyConstraint(
            ["bank_account_id", "account_edition"], ["account_edition.bank_account_id", "account_edition.number"]
        ),
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        CheckConstraint("(barcode = '') = (nosso_numero is null)", name="barcode"),
        CheckConstraint(f"at_bank in {tuple(STANDINGS)!r}", name="at_bank"),
        Index("ix_replaced_slip_invoice_id", "invoice_id"),
    )

    @property
    def total_cents(self) -> int:
        """What it asks for: the invoice may ask for something else by now."""
        return cents_of(self.barcode)

    def follow_bank(self, meaning: str) -> None:
        """What a retorno says of it: registered, rejected, closed or paid. A late word does not undo a newer one."""
        if meaning == "paid" or (meaning == "closed" and self.at_bank != "paid"):
            self.at_bank = meaning
        elif meaning == "registered" and self.at_bank == "never":
            self.at_bank = "standing"
        elif meaning == "rejected" and self.at_bank == "standing":  # once asked, it may be the baixa that was refused
            self.at_bank = "never"


def cents_of(barcode: str) -> int:
    """The amount in a barcode, positions 10 to 19 (FEBRABAN)."""
    return int(barcode[9:19])
