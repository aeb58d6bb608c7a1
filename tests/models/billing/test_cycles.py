"""The pieces of one cycle cost its fee together, through whichever door they are charged (D-05)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models import check
from models.billing import Carne, Charge, Invoice
from models.billing.charge import ChargeItem
from models.billing.gaps import gaps
from models.pricing import Period, first_invoice, schedule, use_between
from tests import cast
from tests.models.billing.money import account, charge_shown, charged, nobody_else, run

pytestmark = pytest.mark.postgresql
DAY = timedelta(days=1)
ITEMS = [("Internet", 6990), ("Streaming", 3000)]
HALF, REST = Period(date(2026, 12, 10), date(2026, 12, 24)), Period(date(2026, 12, 25), date(2027, 1, 9))


@given(
    st.integers(1, 31),
    st.integers(0, 14),
    st.sets(st.integers(1, 27), max_size=8),
    st.sampled_from(["30", "calendar"]),
    st.randoms(),
    st.sampled_from([ITEMS, [("a", 45)], [("a", 1), ("b", 9999)]]),
)
def test_however_a_cycle_is_cut(anchor, month, cuts, base, random, items):
    [whole] = [
        part.period
        for part in use_between(items, Period(date(2026, 1, 1) + 31 * month * DAY, date(2028, 1, 1)), anchor, base)[1:2]
    ]
    edges = [whole.from_, *(whole.from_ + DAY * cut for cut in sorted(cuts)), whole.to + DAY]
    pieces = [Period(start, end - DAY) for start, end in pairwise(edges)]
    random.shuffle(pieces)
    fee, known, parts = sum(cents for _, cents in items), [], []
    for piece in pieces:
        parts += use_between(items, piece, anchor, base, known)
        known.append(piece)
    assert sum(part.cents for part in parts) == fee
    assert all(line.cents >= 0 for part in parts for line in part.lines)
    assert all(sum(line.cents for line in part.lines) == part.cents for part in parts)


@pytest.fixture
def service(db, clock):
    with clock("2026-12-01 10:00"):
        account()
        found = charged(cast.ze(), starts_on=HALF.from_)
        nobody_else(cast.ze())
        yield found


def amounts(db):
    standing = (Charge.kind == "monthly", Charge.status != "cancelled")
    rows = db.scalars(select(Charge).where(*standing).order_by(Charge.period_start)).all()
    return {Period(row.period_start, row.period_end): row.amount_cents for row in rows}


def sound(db):
    assert [line for _, lines in check.answers() for line in lines] == []


@pytest.mark.parametrize("backwards", [False, True])
def test_a_gap_charged_in_two_pieces(db, service, backwards):
    run(date(2027, 1, 10))
    db.scalars(select(Invoice)).one().cancel("sem serviço")
    for piece in (REST, HALF) if backwards else (HALF, REST):
        charge_shown(service, piece.from_, piece.to, date(2026, 12, 20))
    assert sum(amounts(db).values()) == 9990
    last = db.scalars(select(Charge).order_by(Charge.id.desc()).limit(1)).one()
    assert (last.formula, last.description) == ("", f"{15 if backwards else 16} dias de uso, resto da mensalidade")
    assert sum(db.scalars(select(ChargeItem.amount_cents).where(ChargeItem.charge_id == last.id))) == last.amount_cents
    sound(db)


@pytest.mark.parametrize("by_carne", [False, True])
def test_what_goes_on_in_the_middle_of_a_cycle(db, clock, service, by_carne):
    """Days charged by hand while nobody billed; then the run, or a carnê, takes the rest of the month."""
    service.uses_carne = True
    db.commit()
    with clock("2026-12-25 10:00"):
        assert gaps(service) == [HALF]
        charge_shown(service, HALF.from_, HALF.to, date(2026, 12, 30))
        if by_carne:
            Carne.generate(service, REST.from_, date(2027, 1, 10), 2)
        else:
            service.uses_carne = False
            db.commit()
            with clock("2027-01-02 10:00"):
                run()
    found = amounts(db)
    assert (found[HALF], found[REST]) == (4995, 4995)
    assert found[Period(date(2027, 1, 10), date(2027, 2, 9))] == 9990
    sound(db)


def test_without_pieces_nothing_changes():
    start, due = date(2026, 11, 20), date(2026, 12, 10)
    assert first_invoice(ITEMS, start, due, "prepaid").total_cents == 6660 + 9990
    assert [each.total_cents for each in schedule(ITEMS, start, due, "prepaid", count=2)] == [16650, 9990]
