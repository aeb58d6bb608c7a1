"""Desfazer a resposta: what an answer to a contest did with the money is undone, while that money stands (B-11)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models.base import db, lock
from models.billing.credit import Credit, CreditEntry
from models.billing.invoice import Invoice
from models.refused import Refused, require
from models.wording import brl, tidy

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped


class TakesBack:
    if TYPE_CHECKING:  # columns and verbs of Contest
        invoice_id: Mapped[int]
        person_id: Mapped[int]
        company_id: Mapped[int]
        resting_cents: Mapped[int]
        paid_cents: Mapped[int]
        whole: Mapped[bool]
        status: Mapped[str]
        answered_on: Mapped[date | None]
        answered_by: Mapped[str]
        refunded_cents: Mapped[int]
        again_id: Mapped[int | None]

        def invoice(self) -> Invoice: ...
        def record(self, action: str, **data: Any) -> None: ...

    def refusal_to_take_answer_back(self) -> str | None:
        """Why its answer stays: its credit went out, or what it charged again was paid or given up."""
        if self.status == "open":
            return "Esta contestação ainda não foi respondida."
        if self.status == "withdrawn":
            return "Uma contestação retirada não volta. Abra outra, na fatura que cobra o valor."
        if self.invoice().status == "cancelled":
            return f"A {self.invoice().label} foi cancelada depois da resposta: não há o que responder de novo."
        if self.status == "granted":
            return self._refusal_of_refund()
        if self.paid_cents and self.invoice().status != "paid":
            return "O que foi contestado já não está pago: o recebimento foi estornado. Receba de novo antes."
        owed = self._owed_again()
        if owed is None or (self.again_id and owed.status == "cancelled"):
            return None
        if owed.status != "open" or owed.paid_cents:
            return f"A {owed.label}, que cobra o valor de novo, já recebeu ou foi baixada. Estorne ou reabra antes."
        if self.whole and owed.total_cents != self.resting_cents:
            return f"A {owed.label} mudou de valor depois da resposta, que por isso fica como está."
        return None

    def _refusal_of_refund(self) -> str | None:
        credit = select(Credit).where(Credit.person_id == self.person_id, Credit.company_id == self.company_id)
        have = db.session.scalars(credit).first()
        missing = self.refunded_cents - (have.to_spend_cents if have else 0)
        if missing <= 0:
            return None
        return (
            f"Do crédito devolvido em dobro, {brl(missing)} já foram usados. Desfaça esse uso no Financeiro do cliente."
        )

    def _owed_again(self) -> Invoice | None:
        """The invoice that charges what was upheld."""
        if self.again_id:
            return db.session.get_one(Invoice, self.again_id)
        return self.invoice() if self.whole else None

    def take_answer_back(self, reason: str) -> None:
        """Desfazer a resposta: it waits again, by its old day. Raises Refused, also without a reason."""
        invoice = self.invoice().hold()
        if self.again_id:
            db.session.get_one(Invoice, self.again_id).hold()
        lock(self)
        require(self.refusal_to_take_answer_back())
        words = tidy(reason)
        if not words:
            raise Refused("Escreva por que a resposta é desfeita.", field="reason")
        again = db.session.get_one(Invoice, self.again_id) if self.again_id else None
        if self.refunded_cents:
            self._take_refund_back(words)
        self.status, self.answered_on, self.answered_by, self.again_id = "open", None, "", None
        if again and again.status == "open":
            again.cancel(f"resposta da contestação desfeita: {words}")
        invoice.contest = "open"
        if self.whole:
            invoice.rest_again()
        else:
            invoice.version += 1
        self.record("contest.answer_taken_back", number=invoice.number, reason=words)

    def _take_refund_back(self, reason: str) -> None:
        given = select(CreditEntry).where(CreditEntry.invoice_id == self.invoice_id, CreditEntry.kind == "refunded")
        undone = select(CreditEntry.undoes_id).where(CreditEntry.undoes_id.is_not(None))
        entry = db.session.scalars(given.where(CreditEntry.id.not_in(undone))).one()
        credit = Credit.of(self.person_id, self.company_id)
        credit.move("taken_back", -entry.amount_cents, invoice_id=self.invoice_id, undoes_id=entry.id, reason=reason)
        self.refunded_cents = 0
