"""A cash desk at the same moment: close and receipt, two openings, two closings; one comes first (B-17)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models import check
from models.base import db as base
from models.billing import CashDesk, CashEntry, Handed, Invoice, Payment
from models.refused import Refused
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

DAY = "2026-12-02 10:00"


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice, R$ 166,50; its id."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return db.scalars(select(Invoice.id)).one()


@pytest.fixture
def at_once(app, race, db):
    """`at_once(first, second)`: acts of Ana at one moment, each in its own transaction; which were done."""

    def go(*acts):
        def one(i):
            with app.app_context(), cast.by("ana.souza"):
                try:
                    acts[i]()
                    base.session.commit()
                finally:
                    base.session.remove()
                return True

        found = race(len(acts), one)
        faults = [each for each in found if isinstance(each, Exception) and not isinstance(each, Refused)]
        assert not faults, faults
        db.expire_all()
        return [each is True for each in found]

    return go


@pytest.fixture
def desk(db, clock, invoice):
    with clock(DAY), cast.by("ana.souza"):
        row = CashDesk.open(cast.vale_claro(), 10000)
        db.commit()
        return row.id


def receipt(invoice_id, shown=0):
    def act():
        row = base.session.get_one(Invoice, invoice_id)
        row.receive(1000, row.issued_on, 0, may_discount=True, handed=Handed("cash", 1000, shown))

    return act


def closing(desk_id):
    return lambda: base.session.get_one(CashDesk, desk_id).close(10000, "Contado")


@pytest.mark.parametrize("turn", range(4))
def test_a_receipt_is_in_the_count_or_asks_for_another_desk(db, clock, at_once, invoice, desk, turn):
    """Meant for the desk, it stands on it or is refused: closed, the desk has exactly what was received."""
    acts = [closing(desk), receipt(invoice, desk), receipt(invoice, desk), closing(desk)]
    with clock(DAY):
        done = at_once(*acts[turn:], *acts[:turn])
        row = db.get(CashDesk, desk)
        assert sum((*done[-turn:], *done[:-turn])[i] if turn else done[i] for i in (0, 3)) == 1
        got = db.scalar(select(func.coalesce(func.sum(Payment.amount_cents), 0)))
        entries = db.scalar(select(func.coalesce(func.sum(CashEntry.amount_cents), 0)))
        assert row.closed_at is not None
        assert row.cash_cents == 10000 + got == 10000 + entries
        with cast.by("silvia.maia"):
            assert [one for _, found in check.answers() for one in found if "caixa" in one] == []


def test_where_a_desk_is_not_shown_nothing_is_lost_either(db, clock, at_once, invoice, desk):
    """Received as the desk closes, by a page that showed none: on the desk, or on none; never on one closed before."""
    with clock(DAY):
        at_once(closing(desk), receipt(invoice), receipt(invoice))
        row = db.get(CashDesk, desk)
        entries = db.scalar(select(func.coalesce(func.sum(CashEntry.amount_cents), 0)))
        assert row.cash_cents == 10000 + entries
        assert db.scalar(select(func.count(Payment.id))) == 2


def test_two_openings_leave_one_open(db, clock, at_once, invoice):
    with clock(DAY):
        done = at_once(*[lambda: CashDesk.open(cast.vale_claro(), 500)] * 4)
        assert sum(done) == 1
        assert db.scalar(select(func.count(CashDesk.id))) == 1


def test_of_two_closings_one_is_refused(db, clock, at_once, desk):
    with clock(DAY):
        assert sum(at_once(*[closing(desk)] * 4)) == 1


def test_an_estorno_and_a_withdrawal_never_take_more_than_there_is(db, clock, at_once, invoice, desk):
    def take():
        base.session.get_one(CashDesk, desk).withdraw(7000, "Cofre")

    with clock(DAY):
        assert sum(at_once(take, take, take)) == 1
        assert db.get(CashDesk, desk).cash_cents == 3000
