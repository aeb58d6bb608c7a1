"""Payments: money that came in for an invoice or a charge, once, with what it was made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, lock
from models.billing.charge import Charge
from models.billing.invoice import Invoice
from models.history import OfCompany, who
from models.operators import Company
from models.refused import Refused, Stale, require
from models.services import Service
from models.wording import brl, day, tidy

PAID_BY = {"counter": "Balcão", "boleto": "Boleto", "pix": "Pix"}
FLAGS = {
    "": "",
    "under": "Pago a menor",
    "over": "Pago a maior",
    "twice": "Pago em duplicidade",
    "closed": "Pago depois de encerrada",
    "late_short": "Sem multa e juros",
}


class Payment(OfCompany, Base):
    __tablename__ = "payment"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invoice_id: Mapped[int | None]
    charge_id: Mapped[int | None]
    means: Mapped[str] = mapped_column(String(10))
    paid_on: Mapped[date]
    credited_on: Mapped[date | None]
    amount_cents: Mapped[Cents]  # what came in
    principal_cents: Mapped[Cents]  # of it, what settles the invoice; a discount settles too
    fine_cents: Mapped[Cents] = mapped_column(default=0)
    interest_cents: Mapped[Cents] = mapped_column(default=0)
    discount_cents: Mapped[Cents] = mapped_column(default=0)
    credit_cents: Mapped[Cents] = mapped_column(default=0)  # what is the customer's: too much, or twice
    bank_fee_cents: Mapped[Cents] = mapped_column(default=0)
    flag: Mapped[str] = mapped_column(String(10), default="")
    e2e_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    bank_file_record_id: Mapped[int | None] = mapped_column(ForeignKey("bank_file_record.id"), unique=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    received_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        ForeignKeyConstraint(["company_id", "charge_id"], ["charge.company_id", "charge.id"]),
        CheckConstraint("(invoice_id is null) <> (charge_id is null)", name="for_one_thing"),
        CheckConstraint("means in ('counter','boleto','pix')", name="means"),
        CheckConstraint(f"flag in {tuple(FLAGS)!r}", name="flag"),
        CheckConstraint("amount_cents > 0", name="amount_cents"),
        CheckConstraint(
            "amount_cents = principal_cents - discount_cents + fine_cents + interest_cents + credit_cents", name="sum"
        ),
        Index("ix_payment_invoice_id", "invoice_id"),
        Index("ix_payment_paid_on", "paid_on"),
    )

    @property
    def label(self) -> str:
        return f"pagamento {self.id}"


@dataclass(frozen=True)
class Receipt:
    """Money as somebody reports it: the counter, a retorno, a Pix."""

    means: str
    amount_cents: int
    paid_on: date
    credited_on: date | None = None
    discount_cents: int = 0
    bank_fee_cents: int = 0
    e2e_id: str | None = None
    bank_file_record_id: int | None = None
    note: str = ""


def settle(invoice: Invoice, receipt: Receipt) -> Payment:
    """Write a payment of an invoice and have its services reviewed, in one transaction (X-07, C-99).

    Services and invoice are locked first, so a sweep that suspends and a payment meet one after the other. Money
    for what is closed already, and what is too much, is the customer's credit, flagged. Less leaves it open; only a
    bank that took the rest without its fine and interest settles it, flagged (decision 012).
    """
    invoice.hold()
    company = db.session.get_one(Company, invoice.company_id)
    payment = _shared_out(invoice, receipt, company)
    db.session.add(payment)
    was_open = invoice.status == "open"
    if was_open:
        invoice.paid_cents += payment.principal_cents
        invoice.version += 1
        if invoice.paid_cents == invoice.total_cents:
            invoice.status, invoice.paid_on = "paid", receipt.paid_on
            db.session.execute(
                update(Charge).where(Charge.invoice_id == invoice.id, Charge.status == "open").values(status="paid")
            )
    db.session.flush()
    invoice.tell(
        "invoice.paid" if was_open else "invoice.paid_again",
        number=invoice.number,
        amount_cents=receipt.amount_cents,
        means=PAID_BY[receipt.means],
        paid_on=receipt.paid_on.isoformat(),
    )
    if was_open and invoice.status == "paid":
        invoice.review_services("paid", invoice.due_on)
    return payment


def settle_charge(charge: Charge, receipt: Receipt) -> Payment:
    """The counter payment of a charge without invoice (C-50). Raises Refused when it is closed or on an invoice."""
    lock(db.session.get_one(Service, charge.service_id))
    lock(charge)
    require(charge.refusal_to_receive())
    if receipt.amount_cents != charge.net_cents:
        raise Refused(f"Esta cobrança é de {brl(charge.net_cents)}. Receba o valor inteiro.", field="amount_cents")
    _received_on(receipt.paid_on)
    charge.status = "paid"
    payment = _payment(receipt, charge.company_id, charge.person_id, principal_cents=charge.net_cents)
    payment.charge_id = charge.id
    db.session.add(payment)
    db.session.flush()
    charge.tell("charge.paid", description=charge.description, amount_cents=receipt.amount_cents)
    return payment


def receive(
    invoice: Invoice,
    amount_cents: int | None,
    paid_on: date | None,
    discount_cents: int | None,
    *,
    may_discount: bool,
    seen: int | None = None,
) -> Payment:
    """Receber no balcão: what is owed that day or a part of it, less a discount by whoever may give one.

    `seen` is the version of the invoice somebody looked at. Raises Refused with the fields at fault, and Stale when
    it changed meanwhile: the same money is not received twice.
    """
    invoice.hold()
    require(invoice.refusal_to_receive())
    if seen not in (None, invoice.version):
        raise Stale("Esta fatura mudou enquanto você recebia. Confira o que falta e receba de novo.")
    discount = discount_cents or 0
    errors: dict[str, str] = {}
    paid_on = _received_on(paid_on, invoice.issued_on)
    company = db.session.get_one(Company, invoice.company_id)
    owed = invoice.amount_due(paid_on, company).total_cents
    if not amount_cents or amount_cents <= 0:
        errors["amount_cents"] = "Escreva o valor recebido, maior que zero."
    elif amount_cents + discount > owed:
        errors["amount_cents"] = f"Nesse dia a fatura custa {brl(owed)}. Confira o valor e o desconto."
    if discount < 0 or discount > owed:
        errors["discount_cents"] = "O desconto vai de zero ao valor da fatura."
    elif discount and not may_discount:
        errors["discount_cents"] = "Seu perfil não dá desconto. Peça à supervisão."
    if errors:
        raise Refused(errors=errors)
    return settle(invoice, Receipt("counter", amount_cents or 0, paid_on, paid_on, discount))


def credit_of(person_id: int) -> int:
    """What the provider owes a customer: paid twice or too much, in cents."""
    return (
        db.session.scalar(
            select(func.coalesce(func.sum(Payment.credit_cents), 0)).where(Payment.person_id == person_id)
        )
        or 0
    )


def _shared_out(invoice: Invoice, receipt: Receipt, company: Company) -> Payment:
    """Which part of the money settles, which is fine and interest, which is the customer's (decision 012)."""
    if invoice.status != "open":
        flag = "twice" if invoice.status == "paid" else "closed"
        return _about(invoice, receipt, credit_cents=receipt.amount_cents, discount_cents=0, flag=flag)
    owed = invoice.amount_due(receipt.paid_on, company)
    # what a bank says it deducted pays what is owed, and never becomes the customer's money
    discount = min(receipt.discount_cents, max(owed.total_cents - receipt.amount_cents, 0))
    given = receipt.amount_cents + discount
    if given < (owed.total_cents if receipt.means == "counter" else owed.cents):
        part, credit, flag = invoice.part_paid(given, receipt.paid_on, company), 0, "under"
    else:
        fine = min(owed.fine_cents, given - owed.cents)
        interest = min(owed.interest_cents, given - owed.cents - fine)
        part, credit = replace(owed, fine_cents=fine, interest_cents=interest), max(given - owed.total_cents, 0)
        flag = "over" if credit else "late_short" if given < owed.total_cents else ""
    return _about(
        invoice,
        receipt,
        principal_cents=part.cents,
        fine_cents=part.fine_cents,
        interest_cents=part.interest_cents,
        discount_cents=discount,
        credit_cents=credit,
        flag=flag,
    )


def _about(invoice: Invoice, receipt: Receipt, **parts: object) -> Payment:
    row = _payment(receipt, invoice.company_id, invoice.person_id, **parts)
    row.invoice_id = invoice.id
    return row


def _payment(receipt: Receipt, company_id: int, person_id: int, **parts: object) -> Payment:
    row = Payment(
        company_id=company_id,
        person_id=person_id,
        means=receipt.means,
        paid_on=receipt.paid_on,
        credited_on=receipt.credited_on,
        amount_cents=receipt.amount_cents,
        principal_cents=0,
        discount_cents=receipt.discount_cents,
        bank_fee_cents=receipt.bank_fee_cents,
        e2e_id=receipt.e2e_id,
        bank_file_record_id=receipt.bank_file_record_id,
        note=tidy(receipt.note),
        received_by=who().actor.name,
        created_at=clock.now(),
    )
    for name, value in parts.items():
        setattr(row, name, value)
    return row


def _received_on(paid_on: date | None, issued_on: date | None = None) -> date:
    """The day of a payment at the counter. Raises Refused for none, for one to come and for a slip of the keyboard."""
    if paid_on is None:
        raise Refused("Escolha o dia em que recebeu.", field="paid_on")
    if paid_on > clock.today():
        raise Refused("O dia do recebimento ainda não chegou. Escolha hoje ou antes.", field="paid_on")
    if paid_on.year < 2000:
        raise Refused("Confira o ano do recebimento.", field="paid_on")
    if issued_on and paid_on < issued_on:
        raise Refused(f"A fatura foi emitida em {day(issued_on)}. Escolha esse dia ou depois.", field="paid_on")
    return paid_on
