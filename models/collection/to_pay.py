"""What an open invoice costs today and the Pix code that asks for just that, wherever one is shown or sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from models import clock
from models.banking import AmountDue
from models.base import db
from models.billing.invoice import Invoice, issued_with
from models.billing.slip import payee_name
from models.catalog import AccountEdition
from models.collection.pix_charge import VALID_DAYS, PixCharge
from models.operators import Company


@dataclass(frozen=True)
class ToPay:
    invoice: Invoice
    company: Company
    today: date  # where the company is
    due: AmountDue
    pix_code: str  # empty without Pix


def to_pay(*wanted: ColumnElement[bool]) -> list[ToPay]:
    """The open invoices among those wanted, the first to pay on top; a fixed number of questions."""
    rows = db.session.execute(_open().where(*wanted)).all()
    payees = {company.id: payee_name(company) for company in {row.Company for row in rows}}
    return [today_of(row.Invoice, row.Company, row.AccountEdition, row.code, payees[row.Company.id]) for row in rows]


@cache
def _open() -> Select[*tuple[Any, ...]]:
    return (
        select(Invoice, Company, AccountEdition, PixCharge.code)
        .join(Company, Company.id == Invoice.company_id)
        .outerjoin(AccountEdition, issued_with())
        .outerjoin(PixCharge, payable())
        .where(Invoice.status == "open")
        .order_by(Invoice.due_on, Invoice.id)
    )


def pix_code(invoice: Invoice) -> str:
    """What an invoice is paid with today; empty without Pix, and when it is closed."""
    return next((row.pix_code for row in to_pay(Invoice.id == invoice.id)), "")


def payable() -> ColumnElement[bool]:
    """The charge of an invoice while its code asks for what is left; or was paid, so that nobody pays it twice."""
    as_it_is = and_(
        PixCharge.status == "active",
        PixCharge.amount_cents == Invoice.total_cents - Invoice.paid_cents,
        PixCharge.due_on == Invoice.due_on,
    )
    return and_(PixCharge.invoice_id == Invoice.id, or_(as_it_is, PixCharge.status == "paid"))


def today_of(
    invoice: Invoice, company: Company, account: AccountEdition | None, at_bank: str | None, payee: str
) -> ToPay:
    """What an open invoice costs today.

    `account` is what it was issued with; `at_bank` is the code of its charge there, while it is `payable`.
    """
    today = clock.today(company.zone)
    due = invoice.amount_due(today)
    if not at_bank or (today - invoice.due_on).days > VALID_DAYS:
        return ToPay(invoice, company, today, due, _static_code(invoice, account, payee, due.total_cents))
    return ToPay(invoice, company, today, due, at_bank)


def _static_code(invoice: Invoice, account: AccountEdition | None, payee: str, cents: int) -> str:
    """It says one amount for ever; what costs more or less by now gets one that says so."""
    if not invoice.pix_code or account is None or cents == invoice.total_cents:
        return invoice.pix_code
    return account.pix_code(payee, cents, invoice.txid)
