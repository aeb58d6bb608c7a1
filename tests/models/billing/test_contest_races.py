"""A contest at the same moment as money, a retorno, a suspension, a second contest: one comes first (B-11)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from models import check
from models.base import db as base
from models.billing import Contest, Invoice, Receipt, credit_of
from models.dunning import climb
from models.refused import Refused
from models.tickets import Ticket
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

DAY = "2026-12-02 10:00"
LATE = "2027-01-20 10:00"


@pytest.fixture
def invoice(db, clock):
    """Seu Zé's first invoice, R$ 166,50 due on 10/12/2026; its id."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return db.scalars(select(Invoice.id)).one()


@pytest.fixture
def both(app, race, db):
    """`both(first, second)`: two acts at once, each in its own transaction; what each gave, or its refusal."""

    def go(*acts):
        def one(i):
            with app.app_context(), cast.by("silvia.maia"):
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


def contest(id, cents=2000):
    return lambda: Ticket.contest(base.session.get_one(Invoice, id), cents, "Errado.")


def pay(id, cents, on=date(2026, 12, 2)):
    return lambda: base.session.get_one(Invoice, id).settle(Receipt("boleto", cents, on, on))


def sound():
    assert [found for _, several in check.answers() for found in several] == []


def test_against_a_payment_of_the_whole(db, clock, both, invoice):
    """Paid first, the twenty are of what was paid; contested first, they are credit. The money closes either way."""
    with clock(DAY):
        assert both(contest(invoice), pay(invoice, 16650)) == [True, True]
        row, contested = db.get_one(Invoice, invoice), db.scalars(select(Contest)).one()
        assert row.status == "paid"
        rests = contested.resting_cents
        assert (row.total_cents, credit_of(row.person_id)) == (16650 - rests, rests)
        sound()


def test_against_a_payment_of_the_rest(db, clock, both, invoice):
    with clock(DAY):
        assert both(contest(invoice), pay(invoice, 14650)) == [True, True]
        row = db.get_one(Invoice, invoice)
        assert (row.status, row.total_cents, row.contested_cents) == ("paid", 14650, 2000)
        sound()


def test_two_of_one_invoice(db, clock, both, invoice):
    with clock(DAY):
        assert sorted(both(contest(invoice), contest(invoice, 3000))) == [False, True]
        assert db.scalar(select(func.count(Contest.id))) == 1
        assert db.scalar(select(func.count(Ticket.id)).where(Ticket.contest_id.is_not(None))) == 1
        sound()


def test_against_the_ladder(db, clock, both, invoice, worker):
    """Told and ripe: the sweep suspends, or finds nothing owed. Suspended first, it comes back."""
    service = cast.service(cast.ze()).id
    with clock("2026-12-20 10:00"), cast.by("silvia.maia"):
        assert climb(service, date(2026, 12, 20)) == "notice"
        base.session.commit()
    worker.drain()
    with clock(LATE):
        both(contest(invoice, 16650), lambda: climb(service, date(2027, 1, 20)))
    with clock(LATE):
        worker.drain()
        db.expire_all()
        assert cast.service(cast.ze()).status == "active"
        assert db.get_one(Invoice, invoice).status == "contested"


def test_answered_by_two(db, clock, both, invoice):
    with clock(DAY):
        with cast.by("silvia.maia"):
            ticket = Ticket.contest(db.get_one(Invoice, invoice), 2000, "Errado.")
            ticket.claim()
            db.commit()
        id = ticket.id

        def answer(kind):
            return lambda: base.session.get_one(Ticket, id).answer_contest(kind, "Visto.")

        assert sorted(both(answer("granted"), answer("upheld"))) == [False, True]
        sound()
