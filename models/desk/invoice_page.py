"""What the page of an invoice shows, in a fixed number of questions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.base import db
from models.billing import Charge, ChargeItem, Invoice, Payment, ReplacedSlip
from models.catalog import BankAccount, BillingMethod
from models.dunning import DebtNotice
from models.history import Event
from models.operators import Company
from models.people import Person
from models.services import Service


def facts(invoice: Invoice) -> Any:
    """Customer, company, method and account of an invoice."""
    rows = (
        select(Company, BankAccount, BillingMethod.name.label("method"), Person.id, Person.name.label("customer"))
        .select_from(Invoice)
        .join(Company, Company.id == Invoice.company_id)
        .join(Person, Person.id == Invoice.person_id)
        .join(BillingMethod, BillingMethod.id == Invoice.billing_method_id)
        .outerjoin(BankAccount, BankAccount.id == Invoice.bank_account_id)
        .where(Invoice.id == invoice.id)
    )
    return db.session.execute(rows).one()


def lines(invoice: Invoice) -> list[Any]:
    """Its charges, oldest use first, with the service of each; also those that were closed with it."""
    rows = select(Charge, Service.plan_name, Service.billing_type).join(Service, Service.id == Charge.service_id)
    rows = rows.where(Charge.invoice_id == invoice.id)
    return list(db.session.execute(rows.order_by(Charge.service_id, Charge.period_start, Charge.id)))


def items(invoice: Invoice) -> dict[int, list[ChargeItem]]:
    """The composition by charge."""
    rows = select(ChargeItem).join(Charge, Charge.id == ChargeItem.charge_id).where(Charge.invoice_id == invoice.id)
    found: dict[int, list[ChargeItem]] = {}
    for item in db.session.scalars(rows.order_by(ChargeItem.charge_id, ChargeItem.position)):
        found.setdefault(item.charge_id, []).append(item)
    return found


def payments(invoice: Invoice) -> list[Payment]:
    """What came in for it, oldest first."""
    rows = select(Payment).where(Payment.invoice_id == invoice.id)
    return list(db.session.scalars(rows.order_by(Payment.paid_on, Payment.id)))


def replaced_slips(invoice: Invoice) -> list[ReplacedSlip]:
    """How it could be paid before its due date moved, the latest first."""
    rows = select(ReplacedSlip).where(ReplacedSlip.invoice_id == invoice.id)
    return list(db.session.scalars(rows.order_by(ReplacedSlip.id.desc())))


def closing(invoice: Invoice) -> Event | None:
    """Who cancelled it or wrote it off, when and why."""
    closed = Event.action.in_(("invoice.cancelled", "invoice.written_off"))
    return db.session.scalars(
        select(Event).where(Event.subject_type == "invoice", Event.subject_id == invoice.id, closed)
    ).first()


def notice(invoice: Invoice) -> DebtNotice | None:
    """The first notice of its debt."""
    told = select(DebtNotice).where(DebtNotice.invoice_id == invoice.id)
    return db.session.scalars(told.order_by(DebtNotice.noticed_on).limit(1)).first()
