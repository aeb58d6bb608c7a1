"""Estorno: a payment taken back, with who and why. The act is a row; nothing is deleted (B-01, decision 016)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.billing import Charge, Credit, Invoice, Payment
from models.billing.cash_desk import refusal_to_give_back, to_give_back
from models.collection.bank_file import BankFileRecord
from models.collection.pix_receipt import PixReceipt
from models.refused import Refused, Stale
from models.scope import OfCompany, who
from models.wording import brl, tidy


class Reversal(OfCompany, Base):
    """One for each payment that was taken back."""

    __tablename__ = "reversal"

    id: Mapped[Id]
    payment_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    reversed_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "payment_id"], ["payment.company_id", "payment.id"]),
        UniqueConstraint("payment_id", name="uq_reversal_once"),
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_reversal_created_at", "created_at"),
    )

    @property
    def label(self) -> str:
        return f"estorno {self.id}"

    @classmethod
    def make(cls, payment: Payment, reason: str) -> Reversal:
        """Take a payment back: what it settled is owed again, the credit it brought goes, a use of credit returns.

        The line of a retorno or the Pix it came by waits to be tied to what it was for; money of the counter leaves
        the cash desk it stands on, or the one whoever acts has open (`to_give_back`). Services are looked at again
        (`review_service`). Raises Refused without a reason or when its credit is used up, Stale when it was taken back
        before.
        """
        came_by = _source(payment)
        if came_by:
            lock(came_by)
        invoice = db.session.get_one(Invoice, payment.invoice_id).hold() if payment.invoice_id else None
        charge = db.session.get_one(Charge, payment.charge_id).hold() if payment.charge_id else None
        if lock(payment).reversed_at:
            raise Stale(refusal_to_reverse(payment, None, 0) or "")
        credit = Credit.of(payment.person_id, payment.company_id)
        if refusal := refusal_to_reverse(payment, invoice, credit.balance_cents):
            raise Refused(refusal, fix=invoice)
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: recebido na fatura errada.", field="reason")
        desk = to_give_back(payment, held=True)
        if refusal := refusal_to_give_back(payment, desk):
            raise Refused(refusal, fix=desk)
        payment.reversed_at = clock.now()
        row = cls(
            company_id=payment.company_id,
            payment_id=payment.id,
            reason=tidy(reason),
            reversed_by=who().actor.name,
            created_at=payment.reversed_at,
        )
        db.session.add(row)
        db.session.flush()
        if invoice:
            invoice.take_back(payment)
        if charge:
            charge.take_back()
        if payment.credit_cents:
            credit.move("reversed", -payment.credit_cents, payment_id=payment.id, reason=row.reason)
        row._give_use_back(payment, credit)
        if desk:
            desk.give_back(payment, row.reason)
        if came_by:
            came_by.untie()
        row._record(payment, invoice, charge)
        return row

    def _give_use_back(self, payment: Payment, credit: Credit) -> None:
        """What was paid with credit is credit again."""
        if used := credit.use_by(payment.id):
            credit.move("undone", -used.amount_cents, undoes_id=used.id, reason=self.reason)

    def _record(self, payment: Payment, invoice: Invoice | None, charge: Charge | None) -> None:
        if charge:
            charge.record(
                "charge.reversed",
                description=charge.description,
                amount_cents=payment.amount_cents,
                reason=self.reason,
            )
        if invoice:
            invoice.record(
                "invoice.reversed" if payment.principal_cents else "invoice.extra_reversed",
                number=invoice.number,
                amount_cents=payment.amount_cents,
                means=payment.means_words,
                paid_on=payment.paid_on.isoformat(),
                reason=self.reason,
            )


def refusal_to_reverse(payment: Payment, invoice: Invoice | None, balance_cents: int) -> str | None:
    """Why a payment cannot be taken back. `invoice`: what it is for; `balance_cents`: the credit of the customer."""
    if payment.reversed_at:
        return "Este recebimento já foi estornado."
    if payment.credit_cents > balance_cents:
        used = brl(payment.credit_cents - balance_cents)
        return (
            f"Do crédito que este pagamento gerou, {used} já foram usados ou devolvidos. "
            f"Antes desfaça esse uso em Financeiro, Crédito do cliente."
        )
    return invoice.refusal_to_take_back(payment) if invoice else None


def _source(payment: Payment) -> BankFileRecord | PixReceipt | None:
    """The line of a retorno or the Pix that brought it; it may stand in another company that the account serves."""
    of_the_money = {"every_company": "the line or the Pix of a payment, whoever's file it came in"}
    if payment.bank_file_record_id:
        line = select(BankFileRecord).where(BankFileRecord.id == payment.bank_file_record_id)
        return db.session.scalars(line, execution_options=of_the_money).one()
    if payment.e2e_id:
        pix = select(PixReceipt).where(PixReceipt.e2e_id == payment.e2e_id)
        return db.session.scalars(pix, execution_options=of_the_money).first()
    return None
