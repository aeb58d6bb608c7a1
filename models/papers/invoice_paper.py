"""A printed invoice: the arithmetic above, the slip below; printed once for what it says (X-16, C-45)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from models.base import db, lock
from models.billing import Charge, ChargeItem, Invoice
from models.billing.changes import changes_of
from models.billing.contesting import about_contest
from models.billing.invoice import INVOICE_STATUSES, period_text
from models.catalog import Offer
from models.collection.to_pay import pix_code
from models.documents import Document, printed, shown
from models.notices import Notice
from models.operators import Company
from models.operators.company import first_company
from models.papers.parties import parties
from models.papers.slips import slips
from models.people import Person
from models.refused import Refused, require
from models.scope import TODAS
from models.services import Service
from models.wording import brl, brl_fine, day, phone

NO_EMAIL = "O cliente não tem e-mail. Escreva um em Dados, Editar, e mande de novo."
MOST_PAST = 6
DAYS_OF_GRACE = "Vence em sábado, domingo ou feriado? Pague no dia útil seguinte, sem acréscimo."


def print_invoice(invoice: Invoice) -> Document:
    """The PDF of an invoice: the last one while nothing changed, else a new one. Raises Refused when it is closed."""
    lock(invoice)
    require(invoice.refusal_to_close())
    paper = invoice_paper(invoice)
    last = db.session.get(Document, invoice.document_id) if invoice.document_id else None
    document = printed(
        last,
        paper,
        lambda: Document.issue("invoice", invoice, paper["title"], paper),
        lambda: show_invoice(invoice),
    )
    invoice.document_id = document.id
    return document


def show_invoice(invoice: Invoice) -> None:
    """Track that whoever acts is shown a PDF of an invoice: the present one, or one of before."""
    shown(invoice, "invoice.printed", invoice.record, number=invoice.number)


def mail_invoice(invoice: Invoice, version: int, subject: str, body: str) -> Notice:
    """Mail an open invoice, again too, to its customer. Raises Refused when it is closed, or without an e-mail; Stale.

    The first mail of an invoice is the one its routine would send: that one is not sent twice.
    """
    lock(invoice)
    invoice.require_version(version)
    require(invoice.refusal_to_close())
    person = db.session.get_one(Person, invoice.person_id)
    address = person.contacts().get("email", "")
    if not address:
        raise Refused(NO_EMAIL, fix=person)
    told = select(Notice.id).where(Notice.invoice_id == invoice.id, Notice.kind == "invoice")
    first = None if db.session.scalar(told) else invoice.id
    invoice.record("invoice.mailed", number=invoice.number, address=address)
    whose = (invoice.person_id, invoice.company_id, address)
    return Notice.send_later("invoice", *whose, subject, body, invoice_id=first)


def mailed_facts(invoice: Invoice) -> dict[str, Any]:
    """What a mail says of an open invoice: the amount, the Pix code, the line of a boleto that is good."""
    line = invoice.line if invoice.boleto_is_good else ""
    return {"total_cents": invoice.total_cents, "pix_code": pix_code(invoice), "line": line}


def invoice_paper(invoice: Invoice) -> dict[str, Any]:
    """The values of a printed invoice, JSON-plain: the arithmetic above, the slip below."""
    changes = changes_of(invoice)
    return {
        "title": f"Fatura {invoice.number}",
        "number": str(invoice.number),
        "period": period_text(invoice.period_start, invoice.period_end),
        "lines": [*_lines(invoice.charges()), *_taken_off(invoice)],
        "changes": [[change.label, _signed(change.cents)] for change in changes.lines] if changes else [],
        "since": f"fatura {changes.number}, de {day(changes.due_on)}" if changes else "",
        "grace": DAYS_OF_GRACE,
        "past": _past(invoice),
        "reach": _reach(invoice.company_id),
        "slip": slips([invoice])[0],
        **parties(invoice.company_id, invoice.person_id, invoice.service_ids()[0], invoice),
    }


def _past(invoice: Invoice) -> list[list[str]]:
    """The customer's invoices that fell due before it, the last first: due day, amount, what became of it."""
    rows = select(Invoice).where(
        Invoice.person_id == invoice.person_id,
        Invoice.company_id == invoice.company_id,
        Invoice.due_on < invoice.due_on,
        Invoice.status != "cancelled",
    )
    found = db.session.scalars(rows.order_by(Invoice.due_on.desc(), Invoice.id.desc()).limit(MOST_PAST))
    return [[day(row.due_on), brl(row.total_cents), _became(row)] for row in found]


def _became(invoice: Invoice) -> str:
    if invoice.paid_on and invoice.paid_cents == invoice.total_cents:
        return f"paga em {day(invoice.paid_on)}"
    if invoice.paid_cents:
        return f"falta pagar {brl(invoice.total_cents - invoice.paid_cents)}"
    return INVOICE_STATUSES[invoice.status].lower()


def _reach(company_id: int) -> list[list[str]]:
    """How the provider is reached: what and where."""
    company = db.session.get_one(Company, company_id) if company_id != TODAS else first_company()
    ways = [
        ["Telefone", phone(company.phone) if company.phone else ""],
        ["WhatsApp", phone(company.whatsapp) if company.whatsapp else ""],
        ["Central do assinante", company.site],
    ]
    return [way for way in ways if way[1]]


def _lines(charges: Sequence[Charge]) -> list[dict[str, Any]]:
    """Each charge with its period, its arithmetic and its composition; a discount under what it lessens."""
    items = _items([charge.id for charge in charges])
    codes = _codes([charge.service_id for charge in charges if charge.period_start])
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
                "offer": codes.get(charge.service_id, "") if charge.period_start else "",
                "discount": _signed(-charge.discount_cents) if charge.discount_cents else "",
            }
        )
    return lines


def _taken_off(invoice: Invoice) -> list[dict[str, Any]]:
    """The customer's credit that joined it and what was contested of it, a line each."""
    line = {"period": "", "formula": "", "items": [], "offer": "", "discount": ""}
    off = (("Crédito do cliente", invoice.credit_cents), (about_contest(invoice.contest), invoice.contested_cents))
    return [{**line, "name": name, "amount": _signed(-cents)} for name, cents in off if cents]


def _items(charge_ids: Sequence[int]) -> dict[int, list[ChargeItem]]:
    rows = select(ChargeItem).where(ChargeItem.charge_id.in_(charge_ids))
    found: dict[int, list[ChargeItem]] = {}
    for item in db.session.scalars(rows.order_by(ChargeItem.charge_id, ChargeItem.position)):
        found.setdefault(item.charge_id, []).append(item)
    return found


def _codes(service_ids: Sequence[int]) -> dict[int, str]:
    """The code of the offer each service was sold with, beside what it pays for its use (B-18)."""
    rows = select(Service.id, Offer.code).join(Offer, Offer.id == Service.offer_id)
    return dict(db.session.execute(rows.where(Service.id.in_(service_ids))).all())


def _signed(cents: int) -> str:
    return f"{'−' if cents < 0 else '+'} {brl(abs(cents))}"
