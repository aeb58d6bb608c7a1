"""Conferir, the contract and the invoice say the same first due date and sum (D-05, decision 005)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.billing import Invoice
from models.billing.run import bill
from models.contracts import Contract
from models.papers import contract_paper
from models.sales import Sale
from models.sales.answers import (
    AddressAnswers,
    BillingAnswers,
    ContractAnswers,
    InstallationAnswers,
    PlanAnswers,
)
from models.services import Service
from models.wording import brl, day
from tests import cast
from tests.models.billing.money import account

MEANWHILE = 70  # days: farther than any first due date


@pytest.fixture
def ready(db, clock):
    with clock("2026-12-01 10:00"):
        account()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sold_on=st.integers(0, 45).map(lambda n: date(2026, 12, 1) + timedelta(days=n)),
    due_day=st.sampled_from([5, 10, 15, 20, 25]),
    kind=st.sampled_from(["prepaid", "postpaid"]),
    base=st.sampled_from(["30", "calendar"]),
    lead=st.sampled_from([5, 10, 30]),
    bills_from=st.sampled_from([None, -40, 25]),
    fee=st.sampled_from([0, 15000]),
    installed_after=st.sampled_from([None, 0, 3, 12]),
)
def test_the_three_say_the_same(db, clock, ready, sold_on, due_day, kind, base, lead, bills_from, fee, installed_after):
    saved = db.begin_nested()
    try:
        with clock(f"{sold_on} 10:00"):
            company = cast.vale_claro()
            company.proration_base, company.issue_lead_days = base, lead
            company.bills_from = None if bills_from is None else sold_on + timedelta(days=bills_from)
            db.flush()
            promised, service = sell(db, terms(due_day, kind, fee), order(sold_on, installed_after))
            contract = db.scalars(select(Contract).where(Contract.service_id == service.id)).one()
            values = contract_paper(contract)["values"]
        assert values["cobranca.primeiro_vencimento"] == day(promised.due_on)
        assert values["cobranca.primeira_fatura"] == brl(promised.total_cents)
        invoice = first_invoice_of(db, clock, service, sold_on + timedelta(days=installed_after or 0))
        assert (invoice.due_on, invoice.total_cents) == (promised.due_on, promised.total_cents)
    finally:
        saved.rollback()
        db.expire_all()


def sell(db, billing, installation):
    """One more service for Seu Zé: what Conferir promised, and the service."""
    with cast.by("ana.souza"):
        sale = Sale.start_for(cast.ze())
        known = cast.ze().addresses()[0].id
        plan, seller = cast.plan("Fibra 500 Mbps").id, cast.operator("ana.souza").id
        today = db.scalar(select(Service.sold_on).limit(1))
        sale.answer(AddressAnswers(address_id=known, same_billing=True), sale.version)
        sale.answer(PlanAnswers(plan_id=plan, seller_id=seller, sold_on=today), sale.version)
        sale.answer(sale.answers_of(ContractAnswers), sale.version)
        sale.answer(BillingAnswers(**billing), sale.version)
        sale.answer(InstallationAnswers(**installation), sale.version)
        promised = sale.expected().invoice
        sale.complete(sale.version)
        return promised, db.get(Service, sale.service_id)


def terms(due_day, kind, fee):
    return {
        "billing_method_id": cast.method("Boleto mensal").id,
        "due_day": due_day,
        "billing_type": kind,
        "uses_carne": False,
        "charge_fee": bool(fee),
        "installation_fee_cents": fee,
        "installation_fee_text": "Taxa de instalação" if fee else "",
        "separate_invoice": True,
    }


def order(sold_on, installed_after):
    if installed_after is None:
        return {"open_order": False}
    return {
        "open_order": True,
        "kind_id": cast.order_kind().id,
        "status": "open",
        "technician_id": cast.operator("wagner.luis").id,
        "start_on": sold_on + timedelta(days=installed_after),
        "start_time": time(23, 30),  # later than any hour a sale is made at
        "description": "Instalar",
    }


def first_invoice_of(db, clock, service, installed_on):
    """What the run issues first, once the service is installed on its day."""
    for ago in range(MEANWHILE):
        with clock(f"{installed_on + timedelta(days=ago)} 11:00"):
            if service.status == "awaiting_installation":
                service.enable()
            bill([service.person_id])
            mine = select(Invoice).where(Invoice.service_id == service.id)
            if found := db.scalars(mine.order_by(Invoice.due_on, Invoice.id)).first():
                return found
    raise AssertionError("nothing was issued")


@pytest.mark.parametrize(
    ("issued_at", "due_on"),
    [
        ("2026-12-06 23:50", date(2026, 12, 11)),
        ("2026-12-07 00:10", date(2026, 12, 11)),
        ("2026-12-10 10:00", date(2026, 12, 11)),
        ("2026-12-11 00:10", date(2026, 12, 16)),
    ],
)
def test_the_run_after_midnight_keeps_the_day(db, clock, ready, issued_at, due_on):
    """What was said at 23:40 is what the invoice says, until that day is no longer to come when it is issued."""
    with clock("2026-12-06 23:40"):
        promised, service = sell(db, terms(10, "prepaid", 0), {"open_order": False})
        assert promised.due_on == date(2026, 12, 11)
    with clock(issued_at):
        bill([service.person_id])
    mine = select(Invoice.due_on).where(Invoice.service_id == service.id).order_by(Invoice.due_on)
    assert db.scalars(mine).first() == due_on
