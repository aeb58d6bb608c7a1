"""What it costs to pay an invoice, and money that comes in for it (decision 012)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import update

from models import banking, clock
from models.base import db
from models.billing.cash_desk import CashDesk
from models.billing.charge import Charge
from models.billing.credit import keep_credit
from models.billing.followed import tell_carne
from models.billing.payment import Handed, Payment, Receipt, received_on
from models.operators import company_of, today_of
from models.refused import Refused, require
from models.wording import brl

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

COUNTED = Handed()  # in cash, the exact amount
EXACT = ("counter", "credit")  # the house counts them itself, and forgives nothing by itself


class Settles:
    """Everything about the money of an invoice: what is owed on a day, and what a payment makes of it."""

    if TYPE_CHECKING:  # columns and verbs of Invoice
        id: Mapped[int]
        company_id: Mapped[int]
        person_id: Mapped[int]
        number: Mapped[int]
        issued_on: Mapped[date]
        due_on: Mapped[date]
        total_cents: Mapped[int]
        paid_cents: Mapped[int]
        paid_on: Mapped[date | None]
        status: Mapped[str]
        version: Mapped[int]
        fine_bp: Mapped[int]
        interest_bp: Mapped[int]
        late_from: Mapped[str]
        carne_id: Mapped[int | None]

        def hold(self) -> Self: ...
        def require_version(self, version: int | None) -> None: ...
        def refusal_to_receive(self) -> str | None: ...
        def review_services(self, why: str, due_on: date) -> None: ...
        def record(self, action: str, **data: Any) -> None: ...

    @property
    def open_cents(self) -> int:
        """What is left of the total, without fine and interest."""
        return self.total_cents - self.paid_cents if self.status == "open" else 0

    @property
    def late_terms(self) -> banking.LateTerms:
        """Fine and interest in percent, as its slip says them: a company that changes them changes later invoices."""
        fine, interest = Decimal(self.fine_bp) / 100, Decimal(self.interest_bp) / 100
        return banking.LateTerms(fine, interest, self.late_from)  # type: ignore[arg-type]

    def amount_due(self, on: date) -> banking.AmountDue:
        """What it costs to pay the rest on a day, with fine and interest apart (CDC art. 52 § 1; decision 012)."""
        return banking.amount_due(self.open_cents, self.due_on, on, self.late_terms)

    def due_today(self) -> banking.AmountDue:
        """The same today, by the clock of its company."""
        return self.amount_due(clock.today(company_of(self).zone))

    def refusal_to_forgive(self, may_discount: bool) -> str | None:
        """Why whoever acts does not give its fine and interest up, as a new due date does (decision 012)."""
        late = self.due_today().late_cents
        if may_discount or not late:
            return None
        return (
            f"Outro vencimento deixaria de cobrar {brl(late)} de multa e juros. "
            "Receba com multa e juros, ou peça a quem pode dar descontos."
        )

    def receive(
        self,
        amount_cents: int | None,
        paid_on: date | None,
        discount_cents: int | None,
        *,
        may_discount: bool,
        seen: int | None = None,
        handed: Handed = COUNTED,
    ) -> Payment:
        """Receber no balcão: what is owed that day or a part of it, less a discount by whoever may give one.

        It stands on the open cash desk of whoever acts (B-17). `seen` is the version of the invoice somebody looked
        at, `handed` how the money came. Raises Refused with the fields at fault, also when the desk was closed
        meanwhile, and Stale when the invoice changed: the same money is not received twice, nor off its desk.
        """
        self.hold().require_version(seen)
        require(self.refusal_to_receive())
        paid_on = received_on(paid_on, today_of(self), self.issued_on, "A fatura foi emitida")
        owed = self.amount_due(paid_on)
        errors = _counter_errors(amount_cents, discount_cents or 0, owed.total_cents, may_discount)
        spared = self.due_today().late_cents - owed.late_cents
        if spared > 0 and not may_discount:
            words = f"Nesse dia a multa e os juros eram {brl(spared)} menores. Escolha hoje ou peça à supervisão."
            errors.setdefault("paid_on", words)
        errors |= handed.errors(amount_cents)
        if errors:
            raise Refused(errors=errors)
        desk = CashDesk.to_receive(company_of(self), handed.paid_with, handed.desk_id)
        payment = self._settle(handed.receipt(amount_cents or 0, paid_on, discount_cents or 0))
        if desk:
            desk.keep(payment)
        return payment

    def settle(self, receipt: Receipt) -> Payment:
        """Write a payment and have the services reviewed, in one transaction (X-07, C-99).

        Services and invoice are locked first, so a sweep that suspends and a payment meet one after the other. Money
        for what is closed already, and what is too much, is the customer's credit, flagged. Less leaves it open; only
        a bank that took the rest without its fine and interest settles it, flagged (decision 012).
        """
        self.hold()
        return self._settle(receipt)

    def _settle(self, receipt: Receipt) -> Payment:
        """What is locked and checked is paid."""
        was_open = self.status == "open"
        parts = self._shared_out(receipt)
        payment = Payment.of(receipt, self.company_id, self.person_id, invoice_id=self.id, **parts)
        db.session.add(payment)
        if was_open:
            self._pay(payment)
        db.session.flush()
        keep_credit(payment)
        self.record(
            "invoice.paid" if was_open else "invoice.paid_again",
            number=self.number,
            amount_cents=receipt.amount_cents,
            means=payment.means_words,
            paid_on=receipt.paid_on.isoformat(),
        )
        if was_open and self.status == "paid":
            self.review_services("paid", self.due_on)
            tell_carne(self.carne_id)
        return payment

    def _pay(self, payment: Payment) -> None:
        self.paid_cents += payment.principal_cents
        self.version += 1
        if self.paid_cents == self.total_cents:
            self.status, self.paid_on = "paid", payment.paid_on
            charges = update(Charge).where(Charge.invoice_id == self.id, Charge.status == "open")
            db.session.execute(charges.values(status="paid"))

    def _shared_out(self, receipt: Receipt) -> dict[str, Any]:
        return share_out(self.status, self.open_cents, self.due_on, receipt, self.late_terms)


def share_out(status: str, open_cents: int, due_on: date, receipt: Receipt, terms: banking.LateTerms) -> dict[str, Any]:
    """Which part of the money settles an invoice of this status and rest, which is fine and interest, which is the
    customer's (decision 012). For the payment itself, and for what is said of it before.
    """
    if status == "contested":  # nothing of it is to be paid until the answer
        return {"credit_cents": receipt.amount_cents, "discount_cents": 0, "flag": "over"}
    if status != "open":
        flag = "twice" if status == "paid" else "closed"
        return {"credit_cents": receipt.amount_cents, "discount_cents": 0, "flag": flag}
    owed = banking.amount_due(open_cents, due_on, receipt.paid_on, terms)
    # what a bank says it deducted pays what is owed, and never becomes the customer's money
    discount = min(receipt.discount_cents, max(owed.total_cents - receipt.amount_cents, 0))
    given = receipt.amount_cents + discount
    if given < (owed.total_cents if receipt.means in EXACT else owed.cents):
        part = banking.part_paid(given, open_cents, due_on, receipt.paid_on, terms)
        credit, flag = 0, "under"
    else:
        fine = min(owed.fine_cents, given - owed.cents)
        interest = min(owed.interest_cents, given - owed.cents - fine)
        part = replace(owed, fine_cents=fine, interest_cents=interest)
        credit = max(given - owed.total_cents, 0)
        flag = "over" if credit else "late_short" if given < owed.total_cents else ""
    return {
        "principal_cents": part.cents,
        "fine_cents": part.fine_cents,
        "interest_cents": part.interest_cents,
        "discount_cents": discount,
        "credit_cents": credit,
        "flag": flag,
    }


def _counter_errors(
    amount_cents: int | None, discount_cents: int, owed_cents: int, may_discount: bool
) -> dict[str, str]:
    """What is wrong with money at the counter, by field."""
    errors = {}
    if not amount_cents or amount_cents <= 0:
        errors["amount_cents"] = "Escreva o valor recebido, maior que zero."
    elif amount_cents + discount_cents > owed_cents:
        most = brl(max(owed_cents - discount_cents, 0))
        with_discount = f" Com o desconto, {most}." if discount_cents else ""
        errors["amount_cents"] = (
            f"Nesse dia a fatura custa {brl(owed_cents)}.{with_discount} No balcão o que passa disso é troco: "
            f"devolva ao cliente e escreva {most}."
        )
    if discount_cents < 0 or discount_cents > owed_cents:
        errors["discount_cents"] = "O desconto vai de zero ao valor da fatura."
    elif discount_cents and not may_discount:
        errors["discount_cents"] = "Seu perfil não dá desconto. Peça à supervisão."
    return errors
