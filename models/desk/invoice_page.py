"""What the page of an invoice shows, in a fixed number of questions."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from models import clock
from models.base import BigInt, db
from models.billing import Charge, ChargeItem, Credit, Invoice, Payment, ReplacedSlip
from models.billing.changes import changes_of
from models.billing.invoice import issued_with
from models.billing.slip import payee_name
from models.catalog import AccountEdition, BankAccount, BillingMethod
from models.collection import PixCharge, Reversal
from models.collection.to_pay import payable, today_of
from models.desk.contest_page import of_invoice
from models.desk.invoice_view import Facts, InvoicePage, Line, PaidRow
from models.dunning import DebtNotice
from models.history import Event
from models.operators import Company
from models.people import Contact, Person
from models.services import Service


def show(invoice: Invoice) -> InvoicePage:
    facts = _facts(invoice)
    today = clock.today(facts.company.zone)
    return InvoicePage(
        invoice=invoice,
        facts=facts,
        lines=_lines(invoice),
        payments=_payments(invoice),
        closing=_closing(invoice) if invoice.status in ("cancelled", "written_off") else None,
        changes=changes_of(invoice),
        replaced=_replaced(invoice),
        pix_code=_pix_code(invoice, facts),
        today=today,
        due=invoice.amount_due(today),
        contest=of_invoice(invoice),
        tomorrow=invoice.amount_due(today + timedelta(days=1)),
    )


def _facts(invoice: Invoice) -> Facts:
    return Facts._make(db.session.execute(_of_invoice(), {"invoice": invoice.id}).one())


@cache
def _of_invoice() -> Select[*tuple[Any, ...]]:
    """With the first notice of its debt, the code of its Pix while that may be paid, the credit of its customer."""
    mobile = select(func.max(Contact.value)).where(Contact.person_id == Person.id, Contact.kind == "mobile")
    return (
        select(
            Company,
            BankAccount,
            AccountEdition,
            BillingMethod.name,
            Person.name,
            DebtNotice,
            PixCharge.code,
            Credit.balance_cents,
            Person,
            mobile.scalar_subquery().label("mobile"),
        )
        .select_from(Invoice)
        .join(Company, Company.id == Invoice.company_id)
        .join(Person, Person.id == Invoice.person_id)
        .join(BillingMethod, BillingMethod.id == Invoice.billing_method_id)
        .outerjoin(BankAccount, BankAccount.id == Invoice.bank_account_id)
        .outerjoin(AccountEdition, issued_with())
        .outerjoin(DebtNotice, DebtNotice.invoice_id == Invoice.id)
        .outerjoin(PixCharge, payable())
        .outerjoin(Credit, (Credit.person_id == Invoice.person_id) & (Credit.company_id == Invoice.company_id))
        .where(Invoice.id == bindparam("invoice", type_=BigInt))
        .order_by(DebtNotice.noticed_on, DebtNotice.id)
        .limit(1)
    )


def _pix_code(invoice: Invoice, facts: Facts) -> str:
    if invoice.status != "open":
        return ""
    payee = payee_name(facts.company)
    return today_of(invoice, facts.company, facts.edition, facts.code_at_bank, payee).pix_code


def _lines(invoice: Invoice) -> list[Line]:
    """Its charges, oldest use first, also those that were closed with it; each with its composition."""
    found: dict[int, Line] = {}
    for charge, plan_name, billing_type, item in db.session.execute(_charged(), {"invoice": invoice.id}):
        line = found.setdefault(charge.id, Line(charge, plan_name, billing_type, []))
        if item:
            line.items.append(item)
    return list(found.values())


@cache
def _charged() -> Select[*tuple[Any, ...]]:
    rows = select(Charge, Service.plan_name, Service.billing_type, ChargeItem)
    rows = rows.join(Service, Service.id == Charge.service_id).outerjoin(ChargeItem, ChargeItem.charge_id == Charge.id)
    rows = rows.where(Charge.invoice_id == bindparam("invoice", type_=BigInt))
    return rows.order_by(Charge.service_id, Charge.period_start, Charge.id, ChargeItem.position)


def _payments(invoice: Invoice) -> list[PaidRow]:
    """What came in for it, oldest first, also what was taken back."""
    return [PaidRow._make(row) for row in db.session.execute(_paid(), {"invoice": invoice.id})]


@cache
def _paid() -> Select[*tuple[Any, ...]]:
    rows = select(Payment, Reversal).outerjoin(Reversal, Reversal.payment_id == Payment.id)
    return rows.where(Payment.invoice_id == bindparam("invoice")).order_by(Payment.paid_on, Payment.id)


def _replaced(invoice: Invoice) -> list[ReplacedSlip]:
    """How it could be paid before its due date moved, the latest first."""
    return list(db.session.scalars(_former(), {"invoice": invoice.id}))


@cache
def _former() -> Select[ReplacedSlip]:
    rows = select(ReplacedSlip).where(ReplacedSlip.invoice_id == bindparam("invoice"))
    return rows.order_by(ReplacedSlip.id.desc())


def _closing(invoice: Invoice) -> Event | None:
    """Who cancelled it or wrote it off, when and why; the last time."""
    closed = Event.action.in_(("invoice.cancelled", "invoice.written_off"))
    mine = select(Event).where(Event.subject_type == "invoice", Event.subject_id == invoice.id, closed)
    return db.session.scalars(mine.order_by(Event.id.desc()).limit(1)).first()
