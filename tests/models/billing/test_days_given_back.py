"""What a cancelled instalment leaves behind: days that went with the carnê are billed, the others wait (017)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.billing import Carne, Charge, Invoice, Payment, Receipt
from models.billing.gaps import gaps
from models.collection import Reversal
from models.pricing import Period
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

pytestmark = pytest.mark.postgresql
FIRST, SECOND = Period(date(2026, 12, 1), date(2027, 1, 9)), Period(date(2027, 1, 10), date(2027, 2, 9))
DUE = date(2026, 12, 10)


@pytest.fixture
def booklet(db, clock):
    """Seu Zé by a carnê of six, from 01/12/2026 on, the first due on 10/12/2026."""
    with clock("2026-12-01 10:00"):
        account()
        service = charged(cast.ze(), starts_on=FIRST.from_, uses_carne=True)
        nobody_else(cast.ze())
        yield Carne.generate(service, FIRST.from_, DUE, 6)


def monthly(db):
    cast.service(cast.ze()).uses_carne = False
    db.commit()


def receive(invoice):
    invoice.receive(invoice.total_cents, date(2026, 12, 1), None, may_discount=False)


def billed(db):
    standing = (Charge.kind == "monthly", Charge.status != "cancelled")
    rows = select(Charge.period_start, Charge.period_end).where(*standing).order_by(Charge.period_start)
    return [Period(*row) for row in db.execute(rows)]


@pytest.mark.parametrize("ends", ["paid again", "open", "cancelled"])
def test_an_estorno_gives_no_month_back_to_the_carne(db, clock, booklet, ends):
    first = booklet.invoices()[0]
    receive(first)
    booklet.cancel("passou para mensal")
    monthly(db)
    Reversal.make(db.scalars(select(Payment)).one(), "engano")
    if ends == "paid again":
        receive(first)
    if ends == "cancelled":
        booklet.cancel("de novo")
    with clock("2027-01-05 10:00"):
        assert run() == 1
        assert gaps(cast.service(cast.ze())) == []
    stretches = billed(db)
    assert (stretches[0].from_, stretches[-1]) == (FIRST.from_, SECOND)


def test_nor_does_a_write_off_that_is_reopened(db, clock, booklet):
    first = booklet.invoices()[0]
    first.write_off("perdoada")
    booklet.cancel("passou para mensal")
    monthly(db)
    first.reopen("engano")
    with clock("2027-01-05 10:00"):
        assert run() == 1
    assert billed(db)[-1] == SECOND


@pytest.mark.parametrize("paid", [True, False])
def test_what_was_cancelled_by_itself_waits_for_a_person(db, clock, booklet, paid):
    first, second, *_ = booklet.invoices()
    first.cancel("sem serviço em dezembro")
    if paid:
        second.settle(Receipt("counter", second.total_cents, date(2026, 12, 1)))
    booklet.cancel("passou para mensal")
    monthly(db)
    with clock("2027-01-05 10:00"):
        assert run() == (0 if paid else 1)
        assert gaps(cast.service(cast.ze())) == [FIRST]
    assert FIRST.from_ not in [period.from_ for period in billed(db)]


def test_one_by_one_to_the_last(db, clock, booklet):
    for invoice in booklet.invoices():
        invoice.cancel("um a um")
    assert booklet.status == "cancelled"
    monthly(db)
    with clock("2027-01-05 10:00"):
        assert run() == 0
        assert gaps(cast.service(cast.ze())) == [Period(FIRST.from_, date(2027, 6, 9))]
    assert not any(row.with_carne for row in db.scalars(select(Invoice)))
