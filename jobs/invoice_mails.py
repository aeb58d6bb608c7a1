"""Mails about invoices: one when it was issued, one when it was paid, to whoever has an e-mail (X-07).

The work comes from the state, three days back: what has no notice of its kind yet. A carnê goes as a booklet, once.
A company may send none: its switch is in its rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Select, exists, select

from jobs import rows
from models.base import db
from models.billing import Invoice, Payment
from models.notices import Notice
from models.operators import Company, company_of
from models.papers import mailed_facts
from models.people import Contact, Person
from web.messages import written

BACK = timedelta(days=3)
KINDS = {"invoice": "emitida", "paid": "paga"}
WORKS = {"invoice": "mails_issued", "paid": "mails_paid"}
PAID_BY = {"boleto": "por boleto", "pix": "por Pix", "counter": "no balcão"}


def run(at: datetime) -> int:
    """Write the notices that are missing, one commit each; may be killed anywhere and run twice."""
    named = rows.named("invoice")
    return sum(
        rows.each(WORKS[kind], _unsent(kind, at), partial(_send, kind), named, _without_notice(kind)) for kind in KINDS
    )


def rehearse(at: datetime) -> list[str]:
    """Which invoices would be told of; changes nothing."""
    return [
        f"cliente {invoice.person_id}: fatura {invoice.number}, {words}"
        for kind, words in KINDS.items()
        for invoice in (db.session.get_one(Invoice, id) for id in _unsent(kind, at))
    ]


def _unsent(kind: str, at: datetime) -> Iterator[int]:
    """Of the last days, and what was left out, however old it is by now."""
    recent = Invoice.id.in_(_of(kind, at - BACK)) | Invoice.id.in_(rows.left_ids(WORKS[kind]))
    return rows.batches(_without_notice(kind).where(recent))


def _without_notice(kind: str) -> Select[int]:
    """The invoices nobody was told of though somebody could be, however old."""
    sent = exists().where(Notice.invoice_id == Invoice.id, Notice.kind == kind)
    reachable = exists().where(Contact.person_id == Invoice.person_id, Contact.kind == "email", Contact.value != "")
    mailing = exists().where(Company.id == Invoice.company_id, Company.mails_invoices)
    return _of(kind).where(~sent, reachable, mailing)


def _of(kind: str, since: datetime | None = None) -> Select[int]:
    if kind == "invoice":
        issued = select(Invoice.id).where(Invoice.status == "open", Invoice.carne_id.is_(None), Invoice.paid_cents == 0)
        return issued if since is None else issued.where(Invoice.created_at >= since)
    standing = exists().where(Payment.invoice_id == Invoice.id, Payment.stands())
    if since is not None:
        standing = standing.where(Payment.created_at >= since)
    return select(Invoice.id).where(Invoice.status == "paid", standing)


def _send(kind: str, id: int) -> bool:
    invoice = db.session.get_one(Invoice, id)
    person = db.session.get_one(Person, invoice.person_id)
    company = company_of(invoice)
    values = mailed_facts(invoice) if kind == "invoice" else _paid(invoice)
    subject, body = written(kind, person, company, number=invoice.number, due_on=invoice.due_on, **values)
    Notice.send_later(kind, person.id, company.id, person.contacts()["email"], subject, body, invoice_id=invoice.id)
    return True


def _paid(invoice: Invoice) -> dict[str, object]:
    """The payment that closed it; a carnê's slip paid in parts has several."""
    mine = select(Payment).where(Payment.invoice_id == invoice.id, Payment.principal_cents > 0, Payment.stands())
    payment = db.session.scalars(mine.order_by(Payment.id.desc()).limit(1)).one()
    return {
        "paid_cents": payment.amount_cents,
        "paid_on": payment.paid_on,
        "means": PAID_BY[payment.means],
        "fine_cents": payment.fine_cents,
        "interest_cents": payment.interest_cents,
        "credit_cents": payment.credit_cents,
    }
