"""What makes an invoice payable: nosso número and barcode, txid and Pix code (billing.md 1, 2 and 4)."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING, Any

from models import clock
from models.base import db
from models.billing.replaced_slip import ReplacedSlip
from models.catalog import BankAccount, BillingMethod
from models.history.acting import TODAS
from models.operators import Company
from models.operators.company import first_company

if TYPE_CHECKING:
    from models.billing.invoice import Invoice


def new_txid() -> str:
    """25 letters and digits: fits a static Pix, and nobody guesses another one's."""
    return "EN" + secrets.token_hex(12)[:23].upper()


def slip(
    account: BankAccount | None,
    payee: str,
    number: int | None,
    due_on: date,
    cents: int,
    on: date,
    installment: int = 1,
) -> dict[str, Any]:
    """The columns of an invoice that say how to pay it; without account there is nothing to pay by but the counter."""
    txid = new_txid()
    boleto = account.boleto(number, due_on, cents, on, installment) if account and number is not None else None
    return {
        "txid": txid,
        "pix_code": account.pix_code(payee, cents, txid) if account else "",
        "issued_year": on.year,
        "nosso_numero": number,
        "nosso_numero_printed": boleto.nosso_numero if boleto else "",
        "barcode": boleto.barcode if boleto else "",
        "registration": "pending" if boleto else "none",
    }


def fresh_slip(invoice: Invoice, due_on: date) -> None:
    """A new due date with a new number and code; the old slip is kept, to be taken off at the bank (billing.md 7)."""
    ReplacedSlip.keep(invoice)
    invoice.due_on = due_on
    account = db.session.get(BankAccount, invoice.bank_account_id) if invoice.bank_account_id else None
    on = clock.today()
    number = account.take_numbers(1, on) if account and account.bank and invoice.barcode else None
    payee = payee_name(db.session.get_one(Company, invoice.company_id))
    for key, value in slip(account, payee, number, due_on, invoice.total_cents, on, invoice.installment or 1).items():
        setattr(invoice, key, value)


def account_of(method: BillingMethod) -> BankAccount | None:
    """The account a method is paid to."""
    return db.session.get(BankAccount, method.bank_account_id) if method.bank_account_id else None


def payee(company: Company) -> Company:
    """Who receives: a service of TODAS is paid to the first company."""
    return first_company() if company.id == TODAS else company


def payee_name(company: Company) -> str:
    whom = payee(company)
    return whom.legal_name or whom.name
