"""What the page of an invoice shows, in a fixed number of questions."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import clock
from models.base import db
from models.billing import Charge, ChargeItem, Invoice, Payment, ReplacedSlip
from models.billing.changes import changes_of
from models.catalog import BankAccount, BillingMethod
from models.collection.to_pay import pix_code
from models.desk.invoice_view import Facts, InvoicePage, Line
from models.dunning import DebtNotice
from models.history import Event
from models.operators import Company
from models.people import Person
from models.services import Service


def show(invoice: Invoice) -> InvoicePage:
    facts = _facts(invoice)
    today = clock.today(facts.company.zone)
    return InvoicePage(
        invoice=invoice,
        facts=facts,
        lines=_lines(invoice),
        payments=_payments(invoice),
        notice=_notice(invoice),
        closing=_closing(invoice),
        changes=changes_of(invoice),
        replaced=_replaced(invoice),
        pix_code=pix_code(invoice),
        today=today,
        due=invoice.amount_due(today, facts.company),
        tomorrow=invoice.amount_due(today + timedelta(days=1), facts.company),
    )


def _facts(invoice: Invoice) -> Facts:
    rows = (
        select(Company, BankAccount, BillingMethod.name, Person.name)
        .select_from(Invoice)
        .join(Company, Company.id == Invoice.company_id)
        .join(Person, Person.id == Invoice.person_id)
        .join(BillingMethod, BillingMethod.id == Invoice.billing_method_id)
        .outerjoin(BankAccount, BankAccount.id == Invoice.bank_account_id)
        .where(Invoice.id == invoice.id)
    )
    return Facts._make(db.session.execute(rows).one())


def _lines(invoice: Invoice) -> list[Line]:
    """Its charges, oldest use first; also those that were closed with it."""
    rows = select(Charge, Service.plan_name, Service.billing_type).join(Service, Service.id == Charge.service_id)
    rows = rows.where(Charge.invoice_id == invoice.id)
    items = _items(invoice)
    return [
        Line(charge, plan_name, billing_type, items.get(charge.id, []))
        for charge, plan_name, billing_type in db.session.execute(
            rows.order_by(Charge.service_id, Charge.period_start, Charge.id)
        )
    ]


def _items(invoice: Invoice) -> dict[int, list[ChargeItem]]:
    """The composition by charge."""
    rows = select(ChargeItem).join(Charge, Charge.id == ChargeItem.charge_id).where(Charge.invoice_id == invoice.id)
    found: dict[int, list[ChargeItem]] = {}
    for item in db.session.scalars(rows.order_by(ChargeItem.charge_id, ChargeItem.position)):
        found.setdefault(item.charge_id, []).append(item)
    return found


def _payments(invoice: Invoice) -> list[Payment]:
    """What came in for it, oldest first."""
    rows = select(Payment).where(Payment.invoice_id == invoice.id)
    return list(db.session.scalars(rows.order_by(Payment.paid_on, Payment.id)))


def _replaced(invoice: Invoice) -> list[ReplacedSlip]:
    """How it could be paid before its due date moved, the latest first."""
    rows = select(ReplacedSlip).where(ReplacedSlip.invoice_id == invoice.id)
    return list(db.session.scalars(rows.order_by(ReplacedSlip.id.desc())))


def _closing(invoice: Invoice) -> Event | None:
    """Who cancelled it or wrote it off, when and why."""
    closed = Event.action.in_(("invoice.cancelled", "invoice.written_off"))
    return db.session.scalars(
        select(Event).where(Event.subject_type == "invoice", Event.subject_id == invoice.id, closed)
    ).first()


def _notice(invoice: Invoice) -> DebtNotice | None:
    """The first notice of its debt."""
    notices = select(DebtNotice).where(DebtNotice.invoice_id == invoice.id)
    return db.session.scalars(notices.order_by(DebtNotice.noticed_on).limit(1)).first()
