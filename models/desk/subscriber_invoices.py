"""The invoices of a subscriber in the Central. At level weak only what D-11 allows; the rest is not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from models import clock
from models.banking import AmountDue
from models.base import db
from models.billing import PAID_BY, Charge, Invoice, Payment, PixCharge
from models.billing.slip import payee_name
from models.catalog import BankAccount
from models.operators import Company
from models.wording import month_name


@dataclass(frozen=True)
class OpenInvoice:
    """What is to be paid and how, for somebody who has only typed a CPF: no service, no line, no payment."""

    id: int
    number: int
    due_on: date
    today: date
    due: AmountDue  # what it costs today
    partly_paid: bool
    line: str  # the linha digitável, empty without boleto
    pix_code: str  # over what it costs today; empty without Pix
    registered: bool  # the bank knows the boleto, so any bank takes it

    @property
    def title(self) -> str:
        return f"Fatura de {month_name(self.due_on)}"

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days


@dataclass(frozen=True)
class ClosedInvoice:
    """A paid invoice, for level proved."""

    id: int
    number: int
    due_on: date
    paid_on: date
    total_cents: int  # with fine and interest, as it came in
    means: str

    @property
    def title(self) -> str:
        return f"Fatura de {month_name(self.due_on)}"


def open_invoices(person_id: int) -> list[OpenInvoice]:
    """The open ones of a subscriber, the first to pay on top; a fixed number of questions."""
    rows = db.session.execute(_open(person_id)).all()
    payees = {company.id: payee_name(company) for company in {row.Company for row in rows}}
    return [_seen(row, payees[row.Company.id]) for row in rows]


def open_invoice(person_id: int, id: int) -> OpenInvoice | None:
    """One of the subscriber's own open invoices; None for a closed one and for anybody else's."""
    return next((invoice for invoice in open_invoices(person_id) if invoice.id == id), None)


def paid_invoices(person_id: int, limit: int = 36) -> list[ClosedInvoice]:
    """The paid ones of a subscriber, the last paid on top."""
    last = select(Payment.id).where(Payment.invoice_id == Invoice.id, Payment.principal_cents > 0)
    rows = (
        select(Invoice, Payment)
        .join(Payment, Payment.id == last.order_by(Payment.id.desc()).limit(1).correlate(Invoice).scalar_subquery())
        .where(Invoice.person_id == person_id, Invoice.status == "paid")
        .order_by(Invoice.paid_on.desc(), Invoice.id.desc())
    )
    return [
        ClosedInvoice(
            id=invoice.id,
            number=invoice.number,
            due_on=invoice.due_on,
            paid_on=payment.paid_on,
            total_cents=invoice.total_cents + payment.fine_cents + payment.interest_cents - payment.discount_cents,
            means=PAID_BY[payment.means],
        )
        for invoice, payment in db.session.execute(rows.limit(limit))
    ]


def lines(person_id: int, id: int) -> list[tuple[str, int]]:
    """What an invoice is made of, for level proved."""
    rows = select(Charge).where(Charge.person_id == person_id, Charge.invoice_id == id, Charge.status != "cancelled")
    return [
        (row.description, row.net_cents) for row in db.session.scalars(rows.order_by(Charge.period_start, Charge.id))
    ]


def _open(person_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(Invoice, Company, BankAccount, PixCharge.id.label("at_bank"))
        .join(Company, Company.id == Invoice.company_id)
        .outerjoin(BankAccount, BankAccount.id == Invoice.bank_account_id)
        .outerjoin(PixCharge, (PixCharge.invoice_id == Invoice.id) & PixCharge.status.in_(("requested", "active")))
        .where(Invoice.person_id == person_id, Invoice.status == "open")
        .order_by(Invoice.due_on, Invoice.id)
    )


def _seen(row: Row[*tuple[Any, ...]], payee: str) -> OpenInvoice:
    invoice, company, account, at_bank = row
    today = clock.today(company.zone)
    due = invoice.amount_due(today, company)
    return OpenInvoice(
        id=invoice.id,
        number=invoice.number,
        due_on=invoice.due_on,
        today=today,
        due=due,
        partly_paid=invoice.paid_cents > 0,
        line="" if invoice.paid_cents else invoice.line,  # the barcode says the whole amount
        pix_code=invoice.pix_code if at_bank else _fresh_code(invoice, account, payee, due.total_cents),
        registered=invoice.registration == "registered",
    )


def _fresh_code(invoice: Invoice, account: BankAccount | None, payee: str, cents: int) -> str:
    """A static code says one amount for ever; what costs more or less by now gets one that says so.

    The code of a charge at the bank asks the bank for the amount, and stays.
    """
    if not invoice.pix_code or account is None or cents == invoice.total_cents:
        return invoice.pix_code
    return account.pix_code(payee, cents, invoice.txid)
