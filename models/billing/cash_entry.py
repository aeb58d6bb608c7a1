"""A movement of a cash desk: never changed, its undo is another one (B-17)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Cents, Id, db
from models.billing.payment import PAID_WITH
from models.scope import OfCompany
from models.wording import brl

CASH_KINDS = {
    "receipt": "Recebimento",
    "reversal": "Estorno",
    "withdrawal": "Sangria",
    "supply": "Suprimento",
    "undone": "Desfeito",
}
MOST = 100_000_000  # centavos: beyond it is a slip of the keyboard
UNDONE_BY_ITSELF = ("withdrawal", "supply")  # a receipt is undone by its estorno


class CashEntry(OfCompany, Base):
    """Its sign is that of the drawer: above zero money came in."""

    __tablename__ = "cash_entry"

    id: Mapped[Id]
    cash_desk_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    paid_with: Mapped[str] = mapped_column(String(12))
    amount_cents: Mapped[Cents]
    payment_id: Mapped[int | None]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("cash_entry.id"), unique=True)
    credit_entry_id: Mapped[int | None] = mapped_column(ForeignKey("credit_entry.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    noted_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "cash_desk_id"], ["cash_desk.company_id", "cash_desk.id"]),
        ForeignKeyConstraint(["company_id", "payment_id"], ["payment.company_id", "payment.id"]),
        UniqueConstraint("payment_id", "kind", name="uq_cash_entry_payment_kind"),
        CheckConstraint(f"kind in {tuple(CASH_KINDS)!r}", name="kind"),
        CheckConstraint(f"paid_with in {tuple(PAID_WITH)!r}", name="paid_with"),
        CheckConstraint("paid_with = 'cash' or kind in ('receipt','reversal')", name="in_cash"),
        CheckConstraint("amount_cents <> 0", name="amount_cents"),
        CheckConstraint("kind = 'undone' or (kind in ('receipt','supply')) = (amount_cents > 0)", name="sign"),
        CheckConstraint("(kind in ('receipt','reversal')) = (payment_id is not null)", name="payment_id"),
        CheckConstraint("(kind = 'undone') = (undoes_id is not null)", name="undoes_id"),
        CheckConstraint("kind = 'receipt' or reason <> ''", name="reason"),
        CheckConstraint("kind = 'withdrawal' or credit_entry_id is null", name="credit_entry_id"),
        Index("ix_cash_entry_cash_desk_id", "cash_desk_id"),
    )

    @property
    def label(self) -> str:
        return f"movimento {self.id}"

    def refusal_to_undo(self) -> str | None:
        """Why it is not undone here, whoever asks."""
        if self.credit_entry_id:
            return "É crédito devolvido a um cliente. Desfaça a devolução no Financeiro dele."
        if self.kind in UNDONE_BY_ITSELF:
            return None
        return "Só sangria e suprimento se desfazem aqui. Um recebimento se desfaz com o estorno."

    def is_undone(self) -> bool:
        return db.session.scalar(select(CashEntry.id).where(CashEntry.undoes_id == self.id)) is not None


def refusal_of_amount(cents: int | None, least: int = 1) -> str | None:
    """What is wrong with an amount of money for a drawer."""
    if cents is None or cents < least:
        return "Escreva o valor, maior que zero." if least else "Escreva o valor: 0 quando não há dinheiro."
    return f"Confira o valor: passa de {brl(MOST)}." if cents > MOST else None
