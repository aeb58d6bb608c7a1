"""Money that comes in: what it settles, what it flags, and the service that comes back (billing.md 7, X-07)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.billing import Charge, Invoice, Receipt, receive, settle
from models.billing.payment import credit_of
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


def paid(cents, on=DUE, **more):
    return Receipt("boleto", cents, on, **more)


def test_paid_in_time(db, invoice):
    payment = settle(invoice, paid(16650))
    assert (payment.flag, payment.principal_cents) == ("", 16650)
    assert (invoice.status, invoice.paid_on) == ("paid", DUE)
    assert {charge.status for charge in db.scalars(select(Charge))} == {"paid"}
    assert db.scalars(select(Effect).where(Effect.kind == "review_service")).one().payload == {
        "service_id": cast.service(cast.ze()).id
    }


def test_late_with_fine_and_interest(db, invoice):
    payment = settle(invoice, paid(16650 + 333 + 61, date(2026, 12, 21)))
    assert (payment.fine_cents, payment.interest_cents, payment.flag) == (333, 61, "")
    assert invoice.status == "paid"


def test_late_without_them_settles_and_is_flagged(db, invoice):
    assert settle(invoice, paid(16650, date(2026, 12, 21))).flag == "late_short"
    assert invoice.status == "paid"


def test_too_little_leaves_it_open_and_the_rest_settles_it(db, invoice):
    assert settle(invoice, paid(10000)).flag == "under"
    assert (invoice.status, invoice.open_cents) == ("open", 6650)
    assert settle(invoice, paid(6650)).flag == ""
    assert invoice.status == "paid"


def test_too_much_and_twice_are_the_customers(db, invoice):
    assert (settle(invoice, paid(17000)).credit_cents, invoice.status) == (350, "paid")
    again = settle(invoice, paid(16650))
    assert (again.flag, again.principal_cents) == ("twice", 0)
    assert credit_of(invoice.person_id) == 350 + 16650


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
        receive(invoice, amount, on, discount, may_discount=may)
    assert field in no.value.errors
    db.rollback()
    assert db.get(Invoice, invoice.id).status == "open"


def test_the_counter_receives_with_a_discount(db, clock, invoice):
    with clock("2026-12-10 10:00"):
        payment = receive(invoice, 16000, DUE, 650, may_discount=True)
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
        with pytest.raises(Refused, match="multa e juros"):
            receive(invoice, 16650, late, None, may_discount=False)
        with pytest.raises(Refused, match="emitida em 01/12/2026"):
            receive(invoice, 16650, date(2026, 11, 30), None, may_discount=False)
        assert receive(invoice, 16650, late, None, may_discount=True).flag == "late_short"


def test_a_moved_due_date_has_the_service_reviewed(db, clock, invoice):
    with clock("2026-12-02 10:00"):
        invoice.move_due(date(2026, 12, 15))
    assert db.scalars(select(Effect).where(Effect.kind == "review_service")).one()
