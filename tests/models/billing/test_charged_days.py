"""The set of charged days: nothing falls out of it, nothing is charged twice (decision 017)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import check
from models import clock as house_clock
from models.billing import Carne, Charge, Invoice, Receipt
from models.billing.carne_plan import proposal
from models.billing.charged_days import days_of
from models.billing.gaps import gaps, gaps_of, proposed_due
from models.billing.run import due_services
from models.history import Event
from models.pricing import Period, holes, merged, use_between, without
from models.refused import Refused
from models.services import UnchargedDays
from tests import cast
from tests.models.billing.money import account, charge_shown, charged, nobody_else, run

pytestmark = pytest.mark.postgresql
DAY = timedelta(days=1)
EPOCH = date(2026, 1, 1)
spans = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
    lambda span: Period(EPOCH + DAY * span[0], EPOCH + DAY * (span[0] + span[1]))
)


@pytest.fixture(autouse=True)
def december(db, clock):
    with clock("2026-12-01 10:00"):
        yield


@pytest.fixture
def service(db):
    """Seu Zé, R$ 99,90 from 20/11/2026 on, due on the 10th; everybody else is left alone."""
    account()
    found = charged(cast.ze())
    nobody_else(cast.ze())
    return found


def days(periods):
    return {period.from_ + DAY * n for period in periods for n in range(period.days)}


def open_periods(db, service):
    rows = select(Charge.period_start, Charge.period_end).where(
        Charge.service_id == service.id, Charge.kind == "monthly", Charge.status != "cancelled"
    )
    return [Period(*row) for row in db.execute(rows)]


def by_carne(db, service, uses):
    service.uses_carne = uses
    db.commit()


# ---- the set


@given(st.lists(spans), st.lists(spans))
def test_sets_of_days(some, others):
    assert days(merged(some)) == days(some)
    assert days(without(some, others)) == days(some) - days(others)
    assert all(before.to + DAY < after.from_ for before, after in zip(merged(some), merged(some)[1:], strict=False))
    last = max((period.to for period in some), default=None)
    life = days([Period(EPOCH, last)]) if last else set()
    assert days(holes(EPOCH, some)) == life - days(some)


@given(spans, st.integers(1, 31), st.sampled_from(["30", "calendar"]))
def test_what_days_cost(period, anchor, base):
    parts = use_between([("Internet", 6990), ("Streaming", 3000)], period, anchor, base)
    assert [day for part in parts for day in sorted(days([part.period]))] == sorted(days([period]))
    assert all(0 <= part.cents <= 9990 and sum(line.cents for line in part.lines) == part.cents for part in parts)
    assert all(part.cents == 9990 for part in parts if part.formula is None)


# ---- holes


def test_months_in_the_middle_of_a_cancelled_carne_are_billed(db, clock, service):
    by_carne(db, service, True)
    carne = Carne.generate(service, date(2026, 11, 20), date(2026, 12, 10), 6, "", "")
    third = carne.invoices()[2]
    third.settle(Receipt("counter", third.total_cents, date(2026, 12, 1)))
    carne.cancel("passou para boleto mensal")
    by_carne(db, service, False)
    assert (third.period_start, third.period_end) == (date(2027, 2, 10), date(2027, 3, 9))
    for month in ("2026-12-01", "2027-01-02", "2027-02-02", "2027-03-02"):
        with clock(f"{month} 10:00"):
            run()
            run()
    found = open_periods(db, service)
    assert len(days(found)) == sum(period.days for period in found), "no day twice"
    assert days(found) == days([Period(date(2026, 11, 20), date(2027, 4, 9))])
    assert gaps(service) == []


def test_a_cancelled_month_is_named_until_somebody_decides(db, service):
    run()
    db.scalars(select(Invoice)).one().cancel("para fazer o carnê")
    db.commit()
    assert run() == 0
    whole = Period(date(2026, 11, 20), date(2027, 1, 9))
    assert [(gap.service_id, gap.period) for gap in gaps_of([service.person_id])] == [(service.id, whole)]
    by_carne(db, service, True)
    Carne.generate(service, date(2026, 12, 10), date(2026, 12, 10), 12, "", "")
    assert gaps(service) == [Period(date(2026, 11, 20), date(2026, 12, 9))]


def test_charging_a_gap_and_taking_it_back(db, service):
    run()
    first = db.scalars(select(Invoice)).one()
    first.cancel("preço errado")
    [gap] = gaps(service)
    assert proposed_due(service) == date(2026, 12, 10)
    id = charge_shown(service, gap.from_, gap.to, date(2026, 12, 10))
    invoice = db.get(Invoice, id)
    assert invoice.total_cents == first.total_cents
    assert gaps(service) == []
    invoice.cancel("não era")
    assert gaps(service) == [gap]
    with pytest.raises(Refused) as no:
        charge_shown(service, gap.from_ - DAY, gap.to, date(2026, 12, 10))
    assert "Nem todos esses dias" in no.value.errors["starts_on"]


def test_days_nobody_is_charged_for(db, clock, service):
    run()
    db.scalars(select(Invoice)).one().cancel("sem serviço em dezembro")
    [gap] = gaps(service)
    row = service.leave_uncharged(gap.from_, gap.to, "Sem serviço: cabo partido", gaps)
    assert gaps(service) == []
    with pytest.raises(Refused, match="Nem todos"):
        service.leave_uncharged(gap.from_, gap.to, "De novo", gaps)
    with clock("2027-01-01 10:00"):
        assert run() == 1, "the months behind go on"
    assert min(period.from_ for period in open_periods(db, service)) == date(2027, 1, 10)
    row.undo(service)
    assert gaps(service) == [gap]
    with pytest.raises(Refused, match="já foi desfeita"):
        row.undo(service)
    told = db.scalars(select(Event.action).where(Event.action.like("service.days%")).order_by(Event.id)).all()
    assert told == ["service.days_uncharged", "service.days_charged_again"]


@pytest.mark.parametrize(
    ("start", "end", "reason", "field"),
    [(None, 1, "x", "starts_on"), (0, None, "x", "ends_on"), (1, 0, "x", "ends_on"), (0, 1, " \u2800", "reason")],
)
def test_what_a_decision_needs(db, service, start, end, reason, field):
    run()
    db.scalars(select(Invoice)).one().cancel("sem serviço")
    first = date(2026, 11, 20)
    asked = (None if n is None else first + DAY * n for n in (start, end))
    with pytest.raises(Refused) as no:
        service.leave_uncharged(*asked, reason.replace("\u2800", ""), gaps)
    assert list(no.value.errors) == [field]


def test_an_old_hole_is_not_billed_by_itself(db, clock, service):
    by_carne(db, service, True)
    carne = Carne.generate(service, date(2026, 11, 20), date(2026, 12, 10), 12, "", "")
    last = carne.invoices()[-1]
    last.settle(Receipt("counter", last.total_cents, date(2026, 12, 1)))
    carne.cancel("passou para boleto mensal")
    by_carne(db, service, False)
    with clock("2028-06-01 10:00"):
        assert gaps(service) == [Period(date(2026, 11, 20), date(2027, 11, 9))]
        assert all(due.due_on >= date(2028, 6, 1) for due in due_services([service.person_id]))


def test_days_of_a_carne_that_ended_are_named(db, clock, service):
    by_carne(db, service, True)
    Carne.generate(service, date(2026, 11, 20), date(2026, 12, 10), 1, "", "")
    assert gaps(service) == []
    with clock("2027-02-10 10:00"):
        assert gaps(service) == [Period(date(2027, 1, 10), date(2027, 2, 9))]


def test_the_fee_still_comes_when_the_first_days_are_not_charged(db, clock, service):
    service.installation_fee_cents, service.installation_fee_text = 15000, "Taxa de instalação"
    db.commit()
    service.leave_uncharged(date(2026, 11, 20), date(2026, 12, 9), "cortesia", lambda _: [Period(EPOCH, date.max)])
    run()
    kinds = db.scalars(select(Charge.kind).where(Charge.service_id == service.id)).all()
    assert sorted(kinds) == ["fee", "monthly"]


# ---- whatever happens


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["run", "carne", "cancel_carne", "cancel", "pay", "charge", "waive", "undo", "monthly", "due"]),
        st.integers(0, 45),
        st.integers(0, 9),
    ),
    min_size=3,
    max_size=12,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, st.sampled_from(["prepaid", "postpaid"]))
def test_every_day_has_one_answer(db, clock, service, acts, kind):
    """Charged once, declared uncharged, billed by the next run, or named."""
    saved = db.begin_nested()
    try:
        service.billing_type = kind
        service.uses_carne = False
        today = date(2026, 12, 1)
        for act, later, which in acts:
            today += timedelta(days=later)
            with clock(f"{today} 10:00"):
                try:
                    with db.begin_nested():
                        _act(db, service, act, which)
                except Refused:
                    pass
                _has_one_answer(db, service, today)
    finally:
        saved.rollback()
        db.expire_all()


def _act(db, service, act, which):
    rows = db.scalars(select(Invoice).where(Invoice.status == "open").order_by(Invoice.due_on)).all()
    carnes = db.scalars(select(Carne).where(Carne.status == "open")).all()
    chosen = rows[which % len(rows)] if rows else None
    found = gaps(service)
    if act == "run" and not service.uses_carne:
        from models.billing.run import bill

        bill([service.person_id])
    elif act == "carne":
        service.uses_carne = True
        db.flush()
        Carne.generate(service, *proposal(service), 1 + which % 5, "", "")
    elif act == "cancel_carne" and carnes:
        carnes[0].cancel("muda")
    elif act == "cancel" and chosen:
        chosen.cancel("muda")
    elif act == "pay" and chosen:
        chosen.settle(Receipt("counter", chosen.total_cents, house_clock.today()))
    elif act == "charge" and found:
        charge_shown(service, found[0].from_, found[0].to, proposed_due(service))
    elif act == "waive" and found:
        service.leave_uncharged(found[-1].from_, found[-1].to, "muda", gaps)
    elif act == "undo" and (standing := decisions(db, service)):
        standing[0].undo(service)
    elif act == "monthly":
        service.uses_carne = False
        db.flush()
    elif act == "due":
        service.due_day = (5, 10, 15, 20, 25)[which % 5]
        db.flush()


def decisions(db, service):
    """The days nobody is charged for, the latest first."""
    mine = select(UnchargedDays).where(UnchargedDays.service_id == service.id, UnchargedDays.undone_at.is_(None))
    return list(db.scalars(mine.order_by(UnchargedDays.starts_on.desc())))


def _has_one_answer(db, service, today):
    charged_now = open_periods(db, service)
    assert len(days(charged_now)) == sum(period.days for period in charged_now), "a day was charged twice"
    declared = [row.period for row in decisions(db, service)]
    assert not days(charged_now) & days(declared)
    mine = days_of([service.id])[service.id]
    begins = min(mine.first or service.starts_on, service.starts_on)
    last = max([*days(charged_now), *days(declared), today - DAY], default=begins)
    billed = set()
    if not service.uses_carne:
        for due in due_services([service.person_id], until=last + timedelta(days=70)):
            assert not due.refusal
            for new in due.charges:
                if new.period:
                    stretch = days([Period(*new.period)])
                    assert not stretch & billed
                    billed |= stretch
        assert not billed & (days(charged_now) | days(declared))
    named = days(gaps(service))
    assert not named & (days(charged_now) | days(declared) | billed)
    life = days([Period(begins, last)])
    assert life <= days(charged_now) | days(declared) | billed | named


def test_check_asks(db, service):
    run()
    first, second = db.scalars(select(Charge).where(Charge.kind == "monthly").order_by(Charge.period_start)).all()
    second.period_start = first.period_end
    db.flush()
    found = [line for _, lines in check.answers() for line in lines]
    assert any("cobrados duas vezes" in line for line in found), found
