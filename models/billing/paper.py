"""What a printed invoice and a carnê say, as text; each is printed once for what it says (X-16, C-45)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from models import banking
from models.base import db, lock
from models.billing.carne import Carne
from models.billing.changes import changes_of
from models.billing.charge import Charge, ChargeItem
from models.billing.contract_paper import company_facts
from models.billing.invoice import Invoice, period_text
from models.billing.to_pay import ToPay, to_pay
from models.catalog import BankAccount
from models.contracts import Contract
from models.documents import Document
from models.documents.document import fingerprint
from models.operators import Company
from models.people import Address, Person
from models.refused import require
from models.services import Service
from models.wording import brl, brl_fine, cep, day, percent, tax_id

DAYS_OF_GRACE = "Vence em sábado, domingo ou feriado? Pague no dia útil seguinte, sem acréscimo."
MOST_LINES = 3  # of a sum that fit in a slip


def print_invoice(invoice: Invoice) -> Document:
    """The PDF of an invoice: the last one while nothing changed, else a new one. Raises Refused when it is closed."""
    lock(invoice)
    require(invoice.refusal_to_close())
    paper = invoice_paper(invoice)
    if last := _printed(invoice.document_id, paper):
        return last
    document = Document.issue("invoice", paper["title"], paper, invoice.company_id)
    invoice.document_id = document.id
    invoice.tell("invoice.printed", number=invoice.number)
    return document


def print_carne(carne: Carne) -> Document:
    """The booklet of the open instalments, as `print_invoice`. Raises Refused when none is open (C-45)."""
    lock(carne)
    require(carne.refusal_to_print())
    paper = carne_paper(carne)
    if last := _printed(carne.document_id, paper):
        return last
    document = Document.issue("carne", paper["title"], paper, carne.company_id)
    carne.document_id = document.id
    carne.tell("carne.printed", number=carne.id)
    return document


def invoice_paper(invoice: Invoice) -> dict[str, Any]:
    """The values of a printed invoice, JSON-plain: the arithmetic above, the slip below."""
    changes = changes_of(invoice)
    return {
        "title": f"Fatura {invoice.number}",
        "number": str(invoice.number),
        "period": period_text(invoice.period_start, invoice.period_end),
        "lines": _lines(invoice.charges()),
        "changes": [[change.label, _signed(change.cents)] for change in changes.lines] if changes else [],
        "since": f"fatura {changes.number}, de {day(changes.due_on)}" if changes else "",
        "grace": DAYS_OF_GRACE,
        "slip": _slips([invoice])[0],
        **_parties(invoice.company_id, invoice.person_id, invoice.service_ids()[0]),
    }


def carne_paper(carne: Carne) -> dict[str, Any]:
    """The values of a booklet, JSON-plain: a slip for each open instalment."""
    return {
        "title": f"Carnê {carne.id}",
        "of": max(invoice.installment or 0 for invoice in carne.invoices()),
        "slips": _slips(carne.payable()),
        **_parties(carne.company_id, carne.person_id, carne.service_id),
    }


def late_rule(company: Company) -> str:
    """'Depois do vencimento: multa de 2 % e juros de 1 % ao mês, por dia de atraso.'"""
    rules = [f"multa de {percent(company.fine_bp)}"] if company.fine_bp else []
    rules += [f"juros de {percent(company.interest_bp)} ao mês, por dia de atraso"] if company.interest_bp else []
    return f"Depois do vencimento: {' e '.join(rules)}." if rules else "Depois do vencimento o valor não muda."


def _printed(document_id: int | None, paper: dict[str, Any]) -> Document | None:
    last = db.session.get(Document, document_id) if document_id else None
    return last if last and last.values_hash == fingerprint(paper) else None


def _parties(company_id: int, person_id: int, service_id: int) -> dict[str, Any]:
    """Who is paid and who pays, for what, and what being late costs."""
    company = company_facts(company_id)
    person = db.session.get_one(Person, person_id)
    service = db.session.get_one(Service, service_id)
    address = db.session.get_one(Address, service.billing_address_id)
    contract = db.session.scalar(
        select(func.max(Contract.number)).where(Contract.service_id == service_id, Contract.status == "active")
    )
    return {
        "company": company,
        "payee": {
            "name": company["legal_name"] or company["name"],
            "tax_id": f"CNPJ {company['cnpj']}",
            "address": company["address"],
        },
        "payer": {
            "name": person.name,
            "tax_id": f"{'CPF' if person.kind == 'individual' else 'CNPJ'} {tax_id(person.document)}",
            "address": f"{address.text}, CEP {cep(address.cep)}",
        },
        "about": f"{service.plan_name}, contrato {contract}" if contract else service.plan_name,
        "late": late_rule(db.session.get_one(Company, company_id)),
    }


def _lines(charges: Sequence[Charge]) -> list[dict[str, Any]]:
    """Each charge with its period, its arithmetic and its composition; a discount under what it lessens."""
    items = _items([charge.id for charge in charges])
    lines = []
    for charge in charges:
        daily = f"{brl_fine(charge.prorata.daily_hundredths)} por dia" if charge.prorata else ""
        parts = items.get(charge.id, [])
        lines.append(
            {
                "name": charge.description,
                "period": period_text(charge.period_start, charge.period_end),
                "formula": ", ".join(filter(None, [charge.formula, daily])),
                "amount": brl(charge.amount_cents),
                "items": [[item.name, brl(item.amount_cents)] for item in parts] if len(parts) > 1 else [],
                "discount": _signed(-charge.discount_cents) if charge.discount_cents else "",
            }
        )
    return lines


def _items(charge_ids: Sequence[int]) -> dict[int, list[ChargeItem]]:
    rows = select(ChargeItem).where(ChargeItem.charge_id.in_(charge_ids))
    found: dict[int, list[ChargeItem]] = {}
    for item in db.session.scalars(rows.order_by(ChargeItem.charge_id, ChargeItem.position)):
        found.setdefault(item.charge_id, []).append(item)
    return found


def _slips(invoices: Sequence[Invoice]) -> list[dict[str, Any]]:
    """What is to be paid, how, and why so much, by invoice; without a bank only by Pix."""
    ids = [invoice.id for invoice in invoices]
    charges = select(Charge).where(Charge.invoice_id.in_(ids), Charge.status != "cancelled")
    sums: dict[int | None, list[str]] = {}
    for charge in db.session.scalars(charges.order_by(Charge.period_start, Charge.id)):
        sums.setdefault(charge.invoice_id, []).append(_sum(charge))
    accounts = {row.id: row for row in db.session.scalars(select(BankAccount))}
    today = {row.invoice.id: row for row in to_pay(Invoice.id.in_(ids))}
    return [
        _slip(today[invoice.id], sums.get(invoice.id, []), accounts.get(invoice.bank_account_id or 0))
        for invoice in invoices
    ]


def _slip(today: ToPay, sums: list[str], account: BankAccount | None) -> dict[str, Any]:
    invoice = today.invoice
    asks = f"Em {day(today.today)} custa {brl(today.due.total_cents)}: é o que o Pix cobra."
    pix_today = asks if today.due.days_late and today.pix_code else ""
    room = MOST_LINES - bool(pix_today)
    more = [f"e mais {len(sums) - room} cobranças"] if len(sums) > room else []
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
        "boleto": _boleto(invoice, today.pix_code) if invoice.boleto_is_good else None,
    }


def _boleto(invoice: Invoice, pix_code: str) -> dict[str, str]:
    """Who issued it is read from the barcode, as the bank will."""
    bank = banking.bank(invoice.barcode[:3])
    fields = bank.fields_of(invoice.barcode[19:])
    return {
        "bank": bank.name,
        "code": f"{bank.code}-{bank.digit}",
        "line": invoice.line,
        "barcode": invoice.barcode,
        "nosso_numero": invoice.nosso_numero_printed,
        "payee": bank.payee.format(**fields),
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


def _signed(cents: int) -> str:
    return f"{'−' if cents < 0 else '+'} {brl(abs(cents))}"
