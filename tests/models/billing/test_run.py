"""The monthly run: what is issued, when, once, to the cent (C-15, C-21, C-25, D-05)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from models.billing import Carne, Charge, Invoice
from models.billing.run import bill, due_services, next_period
from models.history import Event
from models.operators import Company
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

pytestmark = pytest.mark.postgresql


@pytest.fixture(autouse=True)
def december(db, clock):
    """The first of December 2026; lead of ten days."""
    with clock("2026-12-01 10:00"):
        yield


def invoices(db):
    return db.scalars(select(Invoice).order_by(Invoice.due_on, Invoice.id)).all()


@pytest.mark.parametrize(("kind", "totals"), [("prepaid", [16650, 9990]), ("postpaid", [6660, 9990])])
def test_first_and_second_invoice_follow_the_rule(db, clock, kind, totals):
    account()
    ze = cast.ze()
    charged(ze, billing_type=kind)
    nobody_else(ze)
    assert run() == 1
    assert run() == 0
    with clock("2027-01-01 10:00"):
        assert run() == 1
    first, second = invoices(db)
    assert [first.total_cents, second.total_cents] == totals
    assert [first.due_on, second.due_on] == [date(2026, 12, 10), date(2027, 1, 10)]
    part = first.charges()[0]
    assert part.formula == "R$\u00a099,90 × 20 ÷ 30"
    assert (part.period_start, part.period_end) == (date(2026, 11, 20), date(2026, 12, 9))
    for charge in db.scalars(select(Charge)):
        assert sum(item.amount_cents for item in charge.items()) == charge.amount_cents
    for invoice in (first, second):
        assert sum(charge.net_cents for charge in invoice.charges()) == invoice.total_cents
    until = date(2027, 1, 9) if kind == "postpaid" else date(2027, 2, 9)
    assert second.period_end == until


def test_the_fee_comes_with_the_first_invoice_alone(db, clock):
    account()
    charged(cast.ze(), installation_fee_cents=15000, installation_fee_text="Taxa de instalação")
    nobody_else(cast.ze())
    run()
    with clock("2027-01-01 10:00"):
        run()
    first, second = invoices(db)
    lines = {(charge.kind, charge.amount_cents) for charge in first.charges()}
    assert lines == {("monthly", 6660), ("monthly", 9990), ("fee", 15000)}
    assert first.total_cents == 31650
    assert second.total_cents == 9990


def test_services_of_a_customer_join_unless_they_want_their_own(db):
    account()
    sol = cast.sol()
    charged(sol)
    one, other = (cast.service(sol), db.get(type(cast.service(sol)), cast.service(sol).id + 1))
    for service in (one, other):
        service.starts_on, service.due_day, service.billing_type = date(2026, 11, 10), 10, "prepaid"
        service.uses_carne, service.separate_invoice = False, False
        service.billing_method_id = one.billing_method_id
    db.commit()
    nobody_else(sol)
    assert run() == 1
    joined = invoices(db)[0]
    assert joined.service_id is None
    assert {charge.service_id for charge in joined.charges()} == {one.id, other.id}


def test_an_own_invoice_for_a_service_that_wants_it(db):
    account()
    sol = cast.sol()
    charged(sol)
    one, other = (cast.service(sol), db.get(type(cast.service(sol)), cast.service(sol).id + 1))
    for service in (one, other):
        service.starts_on, service.due_day, service.uses_carne = date(2026, 11, 10), 10, False
        service.billing_method_id, service.separate_invoice = one.billing_method_id, service is other
    db.commit()
    nobody_else(sol)
    assert run() == 2
    assert {invoice.service_id for invoice in invoices(db)} == {one.id, other.id}


def test_what_was_charged_elsewhere_is_not_charged_again(db):
    account()
    charged(cast.ze(), starts_on=date(2023, 3, 4))
    nobody_else(cast.ze())
    db.get(Company, cast.ze().company_id).bills_from = date(2026, 12, 1)
    db.commit()
    assert run() == 1
    invoice = invoices(db)[0]
    assert (invoice.due_on, invoice.total_cents) == (date(2026, 12, 10), 9990)


def test_a_cancelled_month_is_not_issued_again_by_itself(db):
    account()
    charged(cast.ze())
    nobody_else(cast.ze())
    run()
    invoices(db)[0].cancel("Emitida em duplicidade")
    db.commit()
    assert run() == 0


def test_everything_to_pay_by_is_on_the_invoice(db):
    account()
    charged(cast.ze())
    nobody_else(cast.ze())
    run()
    invoice = invoices(db)[0]
    assert invoice.nosso_numero == 1
    assert invoice.line.startswith("34191.09008 00000.1")
    assert "0000016650" in invoice.barcode
    assert invoice.txid in invoice.pix_code
    assert invoice.registration == "pending"
    assert db.scalars(select(Event.data).where(Event.action == "invoice.issued")).one()["amount_cents"] == 16650


def test_numbers_have_no_gap(db):
    account()
    for person in (cast.ze(), cast.maria(), cast.rita()):
        charged(person)
    run()
    numbers = sorted(db.scalars(select(Invoice.nosso_numero).where(Invoice.nosso_numero.is_not(None))))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 3


def test_the_rehearsal_asks_a_fixed_number_of_questions(db, count_queries):
    account()
    people = [cast.ze().id, cast.maria().id, cast.rita().id]
    with count_queries() as one:
        due_services(people[:1])
    with count_queries() as three:
        due_services(people)
    assert len(one) == len(three)


def test_the_run_asks_a_fixed_number_of_questions(db, count_queries):
    account()
    people = [charged(person).person_id for person in (cast.ze(), cast.maria(), cast.rita())]
    with count_queries() as one:
        assert bill(people[:1]).issued == 1
    db.rollback()
    with count_queries() as three:
        assert bill(people).issued >= 3
    assert len(one) == len(three)


@pytest.mark.parametrize(
    ("charged_until", "kind", "start", "due"),
    [
        (date(2027, 1, 30), "prepaid", date(2027, 1, 31), date(2027, 1, 31)),
        (date(2027, 2, 27), "prepaid", date(2027, 2, 28), date(2027, 2, 28)),
        (date(2027, 1, 30), "postpaid", date(2027, 1, 31), date(2027, 2, 28)),
    ],
)
def test_the_31st_lives_through_short_months(charged_until, kind, start, due):
    assert next_period(date(2026, 1, 1), charged_until, 31, kind, None) == (start, due)


def test_whoever_is_billed_late_has_five_days(db, clock):
    """A worker that stood still, or a customer who left the carnê: nobody is issued what is late already (RGC)."""
    account()
    charged(cast.ze())
    nobody_else(cast.ze())
    with clock("2027-02-03 10:00"):
        assert run() == 2  # what is late together is one invoice
    assert [invoice.due_on for invoice in invoices(db)] == [date(2027, 2, 8), date(2027, 2, 10)]
    assert sum(invoice.total_cents for invoice in invoices(db)) == 16650 + 9990 + 9990


def test_what_was_not_installed_is_not_charged(db, clock):
    account()
    waiting = cast.service(cast.joaquim())
    nobody_else(cast.joaquim())
    waiting.uses_carne, waiting.starts_on, waiting.due_day = False, date(2026, 11, 25), 10
    db.commit()
    with clock("2027-01-20 10:00"):
        waiting.enable()
        db.commit()
    with clock("2027-02-01 10:00"):
        run()
    assert min(invoice.period_start for invoice in invoices(db)) == date(2027, 1, 20)


def test_a_cancelled_carne_gives_its_months_back(db):
    account()
    service = charged(cast.ze(), uses_carne=True)
    nobody_else(cast.ze())
    service.uses_carne = True
    db.commit()
    carne = Carne.generate(service, date(2026, 11, 20), date(2026, 12, 10), 12, "Carnê", "")
    carne.cancel("passou para boleto mensal")
    service.uses_carne = False
    db.commit()
    assert run() == 1
    [issued] = [invoice for invoice in invoices(db) if invoice.status == "open"]
    assert issued.due_on == date(2026, 12, 10)


def test_a_closed_company_issues_nothing(db):
    account()
    charged(cast.ze())
    nobody_else(cast.ze())
    db.get(Company, cast.ze().company_id).inactive_since = datetime(2026, 11, 30, tzinfo=UTC)
    db.commit()
    assert run() == 0
