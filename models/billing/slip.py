"""What makes an invoice payable: nosso número and barcode, txid and Pix code (manuals of the banks, API Pix)."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from models.base import db
from models.catalog import BankAccount, BillingMethod
from models.operators import Company
from models.operators.company import first_company
from models.scope import TODAS


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
        "account_edition": account.edition if account else None,
    }


def late_terms_of(company: Company) -> dict[str, Any]:
    """The columns of an invoice that say what being late costs, as its company has it now."""
    return {"fine_bp": company.fine_bp, "interest_bp": company.interest_bp, "late_from": company.late_from}


def account_of(method: BillingMethod) -> BankAccount | None:
    """The account a method is paid to."""
    return db.session.get(BankAccount, method.bank_account_id) if method.bank_account_id else None


def payee(company: Company) -> Company:
    """Who receives: a service of TODAS is paid to the first company."""
    return first_company() if company.id == TODAS else company


def payee_name(company: Company) -> str:
    whom = payee(company)
    return whom.legal_name or whom.name
