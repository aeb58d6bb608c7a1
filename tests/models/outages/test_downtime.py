"""The arithmetic of downtime: rounded once, half up; no moment counted twice (B-23)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from models import clock
from models.network import Outage, Place
from models.outages import OutageCredit
from models.pricing.downtime import Downtime, Span, clocked, left_of
from tests import cast

ZERO = datetime(2026, 11, 24, tzinfo=UTC)
minutes = st.integers(0, 3000)


def span(begins: int, ends: int) -> Span:
    return Span(ZERO + timedelta(minutes=begins), ZERO + timedelta(minutes=ends))


spans = st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: span(*pair))


def test_it_is_said_as_it_is_reckoned():
    one = Downtime(9990, 210, 30)
    assert one.cents == 49
    assert one.words.replace("\u00a0", " ") == "Mensalidade R$ 99,90 ÷ 30 dias ÷ 24 h × 3 h 30 min = R$ 0,49"
    assert [clocked(each) for each in (0, 5, 60, 61, 1560)] == ["0 min", "5 min", "1 h", "1 h 1 min", "26 h"]


@given(st.integers(0, 10**7), st.integers(0, 45 * 24 * 60), st.integers(28, 31))
def test_half_up_of_the_exact_sum(fee, lasted, days):
    exact = Fraction(fee * lasted, days * 24 * 60)
    cents = Downtime(fee, lasted, days).cents
    assert cents - Fraction(1, 2) <= exact < cents + Fraction(1, 2)


@given(st.integers(0, 10**6), st.integers(28, 31))
def test_a_whole_month_is_the_fee(fee, days):
    assert Downtime(fee, days * 24 * 60, days).cents == fee


@given(spans, st.lists(spans, max_size=6))
def test_what_is_left_and_what_was_taken_are_the_whole(whole, taken):
    """Minute by minute: in one of what is left exactly when in none that is taken."""
    left = left_of(whole, taken)
    assert left == sorted(left)
    for number in range(0, whole.minutes, 7):
        at = whole.begins + timedelta(minutes=number)
        mine = sum(one.begins <= at < one.ends for one in left)
        assert mine == (not any(one.begins <= at < one.ends for one in taken))


@pytest.mark.postgresql
def test_the_database_credits_no_moment_of_a_service_twice(db):
    """Beside each other yes, overlapping no, unless one was refused."""
    service = cast.service(cast.ze())
    with cast.by("bruno.reis"):
        outages = [
            Outage.open(
                Place.within(f"Bairro {number}", "Vale", "MG"), "Energia", since=clock.now() - timedelta(hours=9)
            )
            for number in range(4)
        ]
    own = {"company_id": service.company_id, "service_id": service.id, "person_id": service.person_id}
    sums = {"fee_cents": 9990, "minutes": 60, "days": 30, "amount_cents": 14, "reason": "", "decided_by": ""}

    def line(outage: Outage, begins: int, ends: int, **more) -> None:
        at = {"begins_at": ZERO + timedelta(hours=begins), "ends_at": ZERO + timedelta(hours=ends)}
        values = {"outage_id": outage.id, "status": "proposed", **own, **sums, **at, **more}
        db.execute(insert(OutageCredit).values(values))

    line(outages[0], 10, 12)
    line(outages[1], 12, 14)
    for begins, ends in ((11, 13), (9, 11), (10, 12), (11, 12), (8, 20)):
        with pytest.raises(IntegrityError), db.begin_nested():
            line(outages[2], begins, ends)
    refused = {"status": "refused", "reason": "não", "decided_at": clock.now()}
    line(outages[2], 9, 13, **refused)
    db.flush()
    row = db.query(OutageCredit).filter_by(outage_id=outages[2].id).one()
    assert row.refusal_to_undo() == "Estas horas já foram descontadas por outra parada deste serviço."
    again = update(OutageCredit).where(OutageCredit.id == row.id).values(status="proposed")
    with pytest.raises(IntegrityError), db.begin_nested():
        db.execute(again)
