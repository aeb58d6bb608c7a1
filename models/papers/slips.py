"""The slips of invoices: what is to be paid, how, and why so much (C-45)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from models import banking
from models.base import db
from models.billing import Charge, Invoice
from models.billing.contesting import about_contest
from models.billing.invoice import issued_with, period_text
from models.catalog import AccountEdition
from models.collection.to_pay import ToPay, to_pay
from models.wording import brl, counted, day

MOST_LINES = 3  # of a sum that fit in a slip


def slips(invoices: Sequence[Invoice]) -> list[dict[str, Any]]:
    """What is to be paid, how, and why so much, by invoice; without a bank only by Pix."""
    ids = [invoice.id for invoice in invoices]
    charges = select(Charge).where(Charge.invoice_id.in_(ids), Charge.status != "cancelled")
    sums: dict[int | None, list[str]] = {}
    for charge in db.session.scalars(charges.order_by(Charge.period_start, Charge.id)):
        sums.setdefault(charge.invoice_id, []).append(_sum(charge))
    for invoice in invoices:
        if invoice.credit_cents:
            sums.setdefault(invoice.id, []).append(f"Crédito do cliente: − {brl(invoice.credit_cents)}")
        if invoice.contested_cents:
            words = f"{about_contest(invoice.contest)}: − {brl(invoice.contested_cents)}"
            sums.setdefault(invoice.id, []).append(words)
    editions = select(Invoice.id, AccountEdition).join(AccountEdition, issued_with()).where(Invoice.id.in_(ids))
    accounts = dict(db.session.execute(editions).all())
    today = {row.invoice.id: row for row in to_pay(Invoice.id.in_(ids))}
    return [_slip(today[invoice.id], sums.get(invoice.id, []), accounts.get(invoice.id)) for invoice in invoices]


def _slip(today: ToPay, sums: list[str], account: AccountEdition | None) -> dict[str, Any]:
    invoice = today.invoice
    asks = f"Em {day(today.today)} custa {brl(today.due.total_cents)}: é o que o Pix cobra."
    pix_today = asks if today.due.days_late and today.pix_code else ""
    room = MOST_LINES - bool(pix_today)
    more = [f"e mais {counted(len(sums) - room, 'cobrança')}"] if len(sums) > room else []
    return {
        "document": str(invoice.number),
        "installment": invoice.installment or 0,
        "issued_on": day(invoice.issued_on),
        "due_on": day(invoice.due_on),
        "amount": brl(invoice.total_cents),
        "sums": [*sums[:room], *more],
        "instructions": account.instructions if account else "",
        "pix_code": today.pix_code,
        "pix_today": pix_today,
        "boleto": _boleto(invoice, today.pix_code, account) if invoice.boleto_is_good else None,
    }


def _boleto(invoice: Invoice, pix_code: str, account: AccountEdition | None) -> dict[str, str]:
    """Who issued it is read from the barcode, as the bank will; the account adds its agency where the code has none."""
    bank = banking.bank(invoice.barcode[:3])
    fields = bank.fields_of(invoice.barcode[19:])
    return {
        "bank": bank.name,
        "code": f"{bank.code}-{bank.digit}",
        "line": invoice.line,
        "barcode": invoice.barcode,
        "nosso_numero": invoice.nosso_numero_printed,
        "payee": bank.payee_printed(invoice.barcode[19:], account.fields if account else {}),
        "wallet": fields.get("carteira") or fields["modalidade"],
        "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"
        if pix_code
        else "Pagável em qualquer banco, mesmo depois do vencimento",
    }


def _sum(charge: Charge) -> str:
    """'20 dias de uso, 20/11/2026 a 09/12/2026: R$ 99,90 × 20 ÷ 30 = R$ 66,60'."""
    about = ", ".join(filter(None, [charge.description, period_text(charge.period_start, charge.period_end)]))
    less = f" − desconto de {brl(charge.discount_cents)}" if charge.discount_cents else ""
    return f"{about}: {charge.formula} = {brl(charge.amount_cents)}{less}".replace(":  =", ":")
