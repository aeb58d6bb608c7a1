"""What the page of one payment shows: what came in, what of it is left to pay, where it stands (B-17)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from models.base import db
from models.billing import Charge, Invoice, Payment
from models.billing.cash_desk import CashDesk, desk_of
from models.desk.invoices import late_besides
from models.papers import refusal_to_print_receipt
from models.papers.receipt_paper import NO_EMAIL, parts
from models.people import Person
from models.wording import brl


class PaymentPage(NamedTuple):
    payment: Payment
    invoice: Invoice | None
    charge: Charge | None
    desk: CashDesk | None
    email: str
    late: Sequence[tuple[Invoice, int]]  # what the customer owes besides, the oldest first, with what it costs today

    @property
    def title(self) -> str:
        return f"{'Estornado' if self.payment.reversed_at else 'Recebido'}: {brl(self.payment.amount_cents)}"

    @property
    def what(self) -> str:
        """What it was for: 'Fatura 24', 'Visita técnica'."""
        return f"Fatura {self.invoice.number}" if self.invoice else self.charge.description if self.charge else ""

    @property
    def left(self) -> str:
        """What of it is left to pay today."""
        if self.charge:
            return "Nada falta desta cobrança." if self.charge.status == "paid" else "A cobrança está em aberto."
        if self.invoice is None or self.invoice.status != "open":
            return "Nada falta desta fatura." if self.invoice and self.invoice.status == "paid" else ""
        return f"Hoje faltam {brl(self.invoice.due_today().total_cents)} desta fatura."

    @property
    def sums(self) -> list[dict[str, object]]:
        """What the money is made of."""
        return [{"label": label, "cents": cents} for label, cents in parts(self.payment) if cents]

    @property
    def refusal_to_print(self) -> str | None:
        return refusal_to_print_receipt(self.payment)

    @property
    def refusal_to_mail(self) -> str | None:
        return self.refusal_to_print or (None if self.email else NO_EMAIL)


def payment_page(payment: Payment) -> PaymentPage:
    """One payment in a handful of questions."""
    invoice = db.session.get_one(Invoice, payment.invoice_id) if payment.invoice_id else None
    charge = db.session.get_one(Charge, payment.charge_id) if payment.charge_id else None
    email = db.session.get_one(Person, payment.person_id).contacts().get("email", "")
    late = late_besides(payment.person_id, payment.invoice_id)
    return PaymentPage(payment, invoice, charge, desk_of(payment), email, late)
