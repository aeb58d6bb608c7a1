"""The receipt of money that came in, for a sheet or for a roll of 80 mm, and by e-mail (B-17)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.base import db
from models.billing import Charge, Invoice, Payment
from models.billing.payment import PAID_WITH
from models.documents import Document, printed, shown
from models.documents.document import fingerprint
from models.history import track
from models.notices import Notice
from models.operators import zone_of
from models.papers.parties import company_facts
from models.people import Person
from models.refused import Refused, require
from models.wording import brl, day, masked, moment

PAPERS = {"a4": "A4", "roll": "Bobina de 80 mm"}
NO_EMAIL = "O cliente não tem e-mail no cadastro. Escreva um em Dados e envie de novo."


def refusal_to_print_receipt(payment: Payment) -> str | None:
    """Why there is no receipt of a payment."""
    if payment.reversed_at:
        return "Este recebimento foi estornado: não há recibo dele."
    return "Crédito usado não é dinheiro recebido: não há recibo dele." if payment.means == "credit" else None


def print_receipt(payment: Payment, paper: str) -> Document:
    """The PDF of a receipt on A4 or on a roll: the one of before while it says the same. Raises Refused."""
    require(refusal_to_print_receipt(payment))
    if paper not in PAPERS:
        raise Refused("Escolha o papel: A4 ou bobina de 80 mm.")
    values = receipt_paper(payment, paper)
    return printed(_last(payment, values), values, lambda: _issue(payment, values), lambda: show_receipt(payment))


def show_receipt(payment: Payment) -> None:
    """Track that whoever acts is shown a receipt: a new one, or one of before."""
    shown(payment, "payment.printed", _record(payment), number=payment.id)


def mail_receipt(payment: Payment, subject: str, body: str) -> Notice:
    """Print it on A4 and send it to the customer. Raises Refused without an e-mail."""
    require(refusal_to_print_receipt(payment))
    person = db.session.get_one(Person, payment.person_id)
    address = person.contacts().get("email", "")
    if not address:
        raise Refused(NO_EMAIL, fix=person)
    values = receipt_paper(payment, "a4")
    told = _record(payment)
    document = printed(
        _last(payment, values),
        values,
        lambda: _issue(payment, values),
        lambda: told("payment.mailed", number=payment.id, address=address),
    )
    return Notice.send_later("receipt", person.id, payment.company_id, address, subject, body, document.id)


def receipt_paper(payment: Payment, paper: str) -> dict[str, Any]:
    """The values of a receipt, JSON-plain; the document of the payer is masked."""
    person = db.session.get_one(Person, payment.person_id)
    company = company_facts(payment.company_id)
    company_name = company["legal_name"] or company["name"]
    return {
        "title": f"Recibo {payment.id}",
        "number": str(payment.id),
        "paper": paper,
        "company": company,
        "payee": f"{company_name}, CNPJ {company['cnpj']}" if company["cnpj"] else company_name,
        "payer": person.name,
        "payer_document": f"{'CPF' if person.kind == 'individual' else 'CNPJ'} {masked(person.document)}",
        "about": about(payment),
        "amount": brl(payment.amount_cents),
        "means": PAID_WITH.get(payment.paid_with) or payment.means_words,
        "lines": [[name, brl(cents)] for name, cents in parts(payment) if cents],
        "given": [["Entregue", brl(payment.given_cents)], ["Troco", brl(payment.change_cents)]]
        if payment.given_cents is not None and payment.change_cents
        else [],
        "paid_on": day(payment.paid_on),
        "received_by": payment.received_by,
        "received_at": moment(payment.created_at, zone_of(payment)),
    }


def parts(payment: Payment) -> list[tuple[str, int]]:
    """What the money is made of, each with its centavos: they sum to the amount."""
    return [
        ("Principal", payment.principal_cents),
        ("Desconto", -payment.discount_cents),
        ("Multa", payment.fine_cents),
        ("Juros", payment.interest_cents),
        ("A mais, crédito do cliente", payment.credit_cents),
    ]


def about(payment: Payment) -> str:
    """What it pays: 'Fatura 24, vencida em 10/11/2026: Fibra 500 Mega'."""
    if payment.invoice_id:
        invoice = db.session.get_one(Invoice, payment.invoice_id)
        names = list(dict.fromkeys(charge.description for charge in invoice.charges()))
        return f"Fatura {invoice.number}, com vencimento em {day(invoice.due_on)}: {', '.join(names)}"
    return db.session.get_one(Charge, payment.charge_id).description


def _last(payment: Payment, values: dict[str, Any]) -> Document | None:
    mine = select(Document).where(Document.of(payment), Document.values_hash == fingerprint(values))
    return db.session.scalars(mine.order_by(Document.id.desc()).limit(1)).first()


def _issue(payment: Payment, values: dict[str, Any]) -> Document:
    return Document.issue("receipt", payment, values["title"], values)


def _record(payment: Payment) -> Any:
    def record(action: str, **data: Any) -> None:
        track(action, payment, person_id=payment.person_id, company_id=payment.company_id, **data)

    return record
