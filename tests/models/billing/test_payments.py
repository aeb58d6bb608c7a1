"""Money that comes in: what it settles, what it flags, and the service that comes back (X-07)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.billing import Charge, Invoice, Payment, Receipt, credit_of
from models.history import Event
from models.outbox import Effect
from models.refused import Refused
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

DUE = date(2026, 12, 10)


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice, R$ 166,50 due on Thursday 10/12/2026."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return db.scalars(select(Invoice)).one()


def reviews(db):
    return [row.payload for row in db.scalars(select(Effect).where(Effect.kind == "review_service"))]


def paid(cents, on=DUE, **more):
    return Receipt("boleto", cents, on, **more)


def test_paid_in_time(db, clock, invoice):
    with clock("2026-12-09 10:00"):
        payment = invoice.settle(paid(16650))
    assert (payment.flag, payment.principal_cents) == ("", 16650)
    assert (invoice.status, invoice.paid_on) == ("paid", DUE)
    assert {charge.status for charge in db.scalars(select(Charge))} == {"paid"}
    assert reviews(db) == []  # what was not late has cut nobody


def test_late_with_fine_and_interest(db, clock, invoice):
    with clock("2026-12-21 10:00"):
        payment = invoice.settle(paid(16650 + 333 + 61, date(2026, 12, 21)))
    assert (payment.fine_cents, payment.interest_cents, payment.flag) == (333, 61, "")
    assert invoice.status == "paid"
    assert reviews(db) == [{"service_id": cast.service(cast.ze()).id, "paid": True, "invoice_id": invoice.id}]


def test_a_part_of_a_late_one_brings_nobody_back(db, clock, invoice):
    with clock("2026-12-21 10:00"):
        invoice.settle(paid(1, date(2026, 12, 21)))
    assert reviews(db) == []


def test_late_without_them_settles_and_is_flagged(db, invoice):
    assert invoice.settle(paid(16650, date(2026, 12, 21))).flag == "late_short"
    assert invoice.status == "paid"


def test_too_little_leaves_it_open_and_the_rest_settles_it(db, invoice):
    assert invoice.settle(paid(10000)).flag == "under"
    assert (invoice.status, invoice.open_cents) == ("open", 6650)
    assert invoice.settle(paid(6650)).flag == ""
    assert invoice.status == "paid"


def test_too_much_and_twice_are_the_customers(db, invoice):
    assert (invoice.settle(paid(17000)).credit_cents, invoice.status) == (350, "paid")
    again = invoice.settle(paid(16650))
    assert (again.flag, again.principal_cents) == ("twice", 0)
    assert credit_of(invoice.person_id) == 350 + 16650


def test_a_part_paid_late_pays_its_own_fine_and_interest(db, clock, invoice):
    with clock("2027-01-09 10:00"):  # 30 days late: R$ 3,33 and R$ 1,67
        assert invoice.due_today().total_cents == 17150
        part = invoice.receive(8575, date(2027, 1, 9), None, may_discount=False)
        assert (part.principal_cents, part.fine_cents, part.interest_cents) == (8325, 166, 84)
        assert (part.flag, invoice.due_today().total_cents) == ("under", 17150 - 8575)
    with clock("2027-02-08 10:00"):  # a month later: the fine of the rest, two months of interest on it
        rest = invoice.due_today()
        assert (rest.cents, rest.fine_cents, rest.interest_cents) == (8325, 167, 167)
        last = invoice.receive(rest.total_cents, date(2027, 2, 8), None, may_discount=False)
    assert (last.flag, invoice.status) == ("", "paid")
    assert part.fine_cents + last.fine_cents == 333, "once, to the cent"


def test_a_bank_that_took_the_rest_alone_settles_it(db, invoice):
    late = date(2026, 12, 21)
    assert invoice.settle(paid(8522, late)).flag == "under"
    rest = invoice.open_cents
    assert invoice.settle(paid(rest, late)).flag == "late_short"
    assert invoice.status == "paid"


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(st.integers(-5, 200), st.integers(1, 17000)), max_size=6), st.integers(-5, 200))
def test_in_any_parts_on_any_days_it_closes_exactly(db, invoice, parts, last):
    for days, cents in parts:
        on = DUE + timedelta(days=days)
        if cents < invoice.amount_due(on).total_cents:
            assert invoice.settle(Receipt("counter", cents, on)).flag == "under"
            assert invoice.status == "open"
    on = DUE + timedelta(days=last)
    invoice.settle(Receipt("counter", invoice.amount_due(on).total_cents, on))
    payments = db.scalars(select(Payment)).all()
    assert (invoice.status, invoice.open_cents) == ("paid", 0)
    assert sum(payment.principal_cents for payment in payments) == invoice.total_cents == 16650
    assert sum(payment.credit_cents for payment in payments) == 0
    assert sum(payment.fine_cents for payment in payments) <= 333
    assert all(min(payment.fine_cents, payment.interest_cents) >= 0 for payment in payments)
    db.rollback()


@pytest.mark.parametrize(
    ("cents", "discount", "on", "kept", "credit", "flag"),
    [
        (16000, 650, DUE, 650, 0, ""),
        (16650, 650, DUE, 0, 0, ""),
        (16650, 650, date(2026, 12, 21), 394, 0, ""),
        (17000, 650, DUE, 0, 350, "over"),
        (10000, 650, DUE, 650, 0, "under"),
    ],
)
def test_a_discount_the_bank_tells_of_is_nobodys_credit(db, invoice, cents, discount, on, kept, credit, flag):
    payment = invoice.settle(paid(cents, on, discount_cents=discount))
    assert (payment.discount_cents, payment.credit_cents, payment.flag) == (kept, credit, flag)
    assert credit_of(invoice.person_id) == credit


@pytest.mark.parametrize("close", ["cancel", "write_off"])
def test_money_for_what_was_closed_says_so(db, invoice, close):
    getattr(invoice, close)("Combinado com o cliente")
    late = invoice.settle(paid(16650, discount_cents=100))
    assert (late.flag, late.credit_cents, late.principal_cents, late.discount_cents) == ("closed", 16650, 0, 0)


@pytest.mark.parametrize(
    ("amount", "on", "discount", "may", "field"),
    [
        (None, DUE, None, True, "amount_cents"),
        (0, DUE, None, True, "amount_cents"),
        (-5, DUE, None, True, "amount_cents"),
        (16651, DUE, None, True, "amount_cents"),
        (16650, DUE, 1, True, "amount_cents"),
        (16000, DUE, 650, False, "discount_cents"),
        (16000, DUE, -1, True, "discount_cents"),
        (16650, None, None, True, "paid_on"),
        (16650, date(2027, 1, 1), None, True, "paid_on"),
        (16650, date(202, 12, 10), None, True, "paid_on"),
    ],
)
def test_the_counter_refuses(db, clock, invoice, amount, on, discount, may, field):
    with clock("2026-12-10 10:00"), pytest.raises(Refused) as no:
        invoice.receive(amount, on, discount, may_discount=may)
    assert field in no.value.errors
    db.rollback()
    assert db.get(Invoice, invoice.id).status == "open"


def test_the_counter_receives_with_a_discount(db, clock, invoice):
    with clock("2026-12-10 10:00"):
        payment = invoice.receive(16000, DUE, 650, may_discount=True)
    assert (payment.amount_cents, payment.discount_cents, invoice.status) == (16000, 650, "paid")


def test_closing_without_money(db, clock, invoice):
    with pytest.raises(Refused, match="motivo"):
        invoice.cancel(" ")
    invoice.cancel("Emitida em duplicidade")
    assert invoice.status == "cancelled"
    for act in (invoice.cancel, invoice.write_off):
        with pytest.raises(Refused, match="cancelada"):
            act("de novo")


def test_a_new_due_date_is_a_new_slip(db, clock, invoice):
    before = (invoice.barcode, invoice.txid)
    with clock("2026-12-02 10:00"):
        for wrong in (None, date(2026, 12, 1)):
            with pytest.raises(Refused):
                invoice.move_due(wrong)
        invoice.move_due(date(2026, 12, 15))
    assert invoice.nosso_numero == 2
    assert invoice.barcode != before[0]
    assert invoice.txid != before[1]
    assert invoice.total_cents == 16650


def test_the_counter_does_not_give_fine_and_interest_away(db, clock, invoice):
    late = date(2026, 12, 21)
    with clock("2026-12-21 10:00"):
        with pytest.raises(Refused, match="emitida em 01/12/2026"):
            invoice.receive(16650, date(2026, 11, 30), None, may_discount=False)
        assert invoice.receive(16650, late, None, may_discount=True).flag == "under"
        assert invoice.due_today().total_cents == 17044 - 16650
        invoice.receive(94, late, 300, may_discount=True)
    assert invoice.status == "paid"


def test_a_new_due_date_gives_fine_and_interest_up_and_says_so(db, clock, invoice):
    with clock("2026-12-21 10:00"):
        with pytest.raises(Refused, match="de multa e juros"):
            invoice.move_due(date(2026, 12, 28))
        invoice.move_due(date(2026, 12, 28), may_discount=True)
    told = db.scalars(select(Event).where(Event.action == "invoice.late_due_moved")).one()
    assert told.data["late_cents"] == 333 + 61
    assert invoice.amount_due(date(2026, 12, 28)).total_cents == 16650


@pytest.mark.parametrize(("today", "asked"), [("2026-12-02", 0), ("2026-12-21", 1)])
def test_only_a_late_due_date_that_moved_has_the_service_reviewed(db, clock, invoice, today, asked):
    with clock(f"{today} 10:00"):
        invoice.move_due(date(2026, 12, 28), may_discount=True)
    review = {"service_id": cast.service(cast.ze()).id, "paid": False, "invoice_id": invoice.id}
    assert reviews(db) == [review] * asked
