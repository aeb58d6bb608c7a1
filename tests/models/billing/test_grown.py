"""A composition that grew is charged without the new item before its day and with it from there on (D-05, X-16)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import check
from models.billing import Carne, Charge, Invoice
from models.billing.carne_plan import plan
from models.billing.changes import Change, changes_of
from models.billing.charge import ChargeItem
from models.billing.charged_without import charged_without
from models.billing.gaps import gaps
from models.billing.run import bill, due_services
from models.contracts import Contract
from models.desk.carnes import sums_of
from models.operators import Company
from models.papers.contract_paper import contract_paper
from models.pricing import Item, Period, cycle_of, first_invoice, schedule, use_between
from tests import cast
from tests.models.billing.money import account, charge_shown, charged, nobody_else, run

pytestmark = pytest.mark.postgresql
DAY = timedelta(days=1)
NOVEMBER = Period(date(2026, 11, 10), date(2026, 12, 9))
DECEMBER, JANUARY = Period(date(2026, 12, 10), date(2027, 1, 9)), Period(date(2027, 1, 10), date(2027, 2, 9))
FEBRUARY = Period(date(2027, 2, 10), date(2027, 3, 9))  # 28 days
PLAN = [("Internet (SCM)", 6990), ("Streaming (SVA)", 3000)]
RAMAIS = "Ramal adicional, 2 × R$\u00a024,90"


@pytest.fixture(autouse=True)
def december(db, clock):
    with clock("2026-12-01 10:00"):
        yield


@pytest.fixture
def service(db):
    """Seu Zé, R$ 99,90 from 10/11/2026 on, due on the 10th; everybody else is left alone."""
    account()
    found = charged(cast.ze(), starts_on=date(2026, 11, 10), billing_type="postpaid")
    nobody_else(cast.ze())
    return found


def ramais(service, starts_on, quantity=2, unit_cents=2490):
    return service.compose("stfc", "Ramal adicional", quantity, unit_cents, starts_on)


def standing(db, service):
    """What is charged: period, cents and arithmetic, in order."""
    mine = (Charge.service_id == service.id, Charge.kind == "monthly", Charge.status != "cancelled")
    rows = db.scalars(select(Charge).where(*mine).order_by(Charge.period_start)).all()
    return [(Period(row.period_start, row.period_end), row.amount_cents, row.formula) for row in rows]


def lines_of(db, first_day):
    rows = select(ChargeItem).join(Charge, Charge.id == ChargeItem.charge_id)
    rows = rows.where(Charge.period_start == first_day, Charge.status != "cancelled").order_by(ChargeItem.position)
    return [(item.kind, item.name, item.amount_cents) for item in db.scalars(rows)]


def sound():
    assert [line for _, lines in check.answers() for line in lines] == []


# ---- the sum


def test_a_month_in_two_stretches():
    """30 days over base 30: R$ 99,90 × 15 ÷ 30 and R$ 149,70 × 15 ÷ 30."""
    items = [*PLAN, Item("Ramal", 4980, "stfc", date(2026, 11, 25))]
    before, after = use_between(items, NOVEMBER, 10, "30")
    assert (before.period.to, after.period.from_) == (date(2026, 11, 24), date(2026, 11, 25))
    assert (before.cents, before.formula.fee_cents, before.formula.days) == (4995, 9990, 15)
    assert (after.cents, after.formula.fee_cents, after.formula.days) == (7485, 14970, 15)
    assert [line.name for line in before.lines] == ["Internet (SCM)", "Streaming (SVA)"]
    assert [(line.name, line.kind, line.cents) for line in after.lines][-1] == ("Ramal", "stfc", 2490)


@pytest.mark.parametrize(
    ("base", "month", "starts_on", "cents"),
    [
        ("30", DECEMBER, date(2026, 12, 25), [4995, 9990 - 4995 + 2656]),  # 31 days: the fee, and 16 ÷ 30 of the item
        ("calendar", DECEMBER, date(2026, 12, 25), [4834, 9990 - 4834 + 2570]),
        ("30", DECEMBER, date(2027, 1, 9), [9990, 166]),  # 30 ÷ 30 of the plan: the 31st day costs the item alone
        ("30", DECEMBER, date(2026, 12, 11), [333, 9990 - 333 + 4980]),  # 30 of 31 days are 30 ÷ 30
        ("30", FEBRUARY, date(2027, 2, 24), [4662, 9990 - 4662 + 2324]),  # 28 days: the whole fee, 14 ÷ 30 of the item
        ("calendar", FEBRUARY, date(2027, 2, 24), [4995, 4995 + 2490]),
    ],
)
def test_months_that_are_not_thirty_days(base, month, starts_on, cents):
    parts = use_between([*PLAN, Item("Ramal", 4980, "stfc", starts_on)], month, 10, base)
    assert [part.cents for part in parts] == cents
    assert [part.period for part in parts] == [Period(month.from_, starts_on - DAY), Period(starts_on, month.to)]
    assert all(sum(line.cents for line in part.lines) == part.cents for part in parts)
    owed = cents[0] + cents[1] - 9990
    assert abs(parts[1].lines[-1].cents - owed) <= 1, "the item costs its own days, whatever the month"


def test_at_the_edges_nothing_is_cut():
    for starts_on, cents in ((DECEMBER.from_, 14970), (DECEMBER.from_ - DAY, 14970), (DECEMBER.to + DAY, 9990)):
        [part] = use_between([*PLAN, Item("Ramal", 4980, "stfc", starts_on)], DECEMBER, 10, "30")
        assert (part.cents, part.formula, part.rest) == (cents, None, False)


def test_several_items_with_days_of_their_own():
    items = [*PLAN, Item("b", 3000, "stfc", date(2026, 12, 20)), Item("a", 6000, "sva", date(2026, 12, 15))]
    items.append(Item("c", 900, "sva", date(2026, 12, 20)))
    parts = use_between(items, DECEMBER, 10, "calendar")
    assert [part.period.days for part in parts] == [5, 5, 21]
    assert [[line.name for line in part.lines][2:] for part in parts] == [[], ["a"], ["b", "a", "c"]]
    assert sum(part.cents for part in parts) == 9990 + round(6000 * 26 / 31) + round(3900 * 21 / 31)


def test_the_first_invoice_and_a_booklet_are_cut_alike():
    start, due = date(2026, 11, 20), date(2026, 12, 10)
    items = [*PLAN, Item("Ramal", 4980, "stfc", date(2026, 12, 1)), Item("Ramal", 4980, "stfc", date(2026, 12, 25))]
    first = first_invoice(items, start, due, "prepaid")
    assert [(part.period.from_, part.cents) for part in first.parts] == [
        (start, 9990 * 11 // 30),
        (date(2026, 12, 1), 14970 * 9 // 30),
        (due, 14970 * 15 // 30),
        (date(2026, 12, 25), 14970 - 7485 + 2656),
    ]
    assert first.days == 20
    booklet = schedule(items, start, due, "prepaid", count=3)
    assert booklet[0].parts == first.parts
    assert [each.total_cents for each in booklet][1:] == [19950, 19950]


def test_cents_that_were_cut_are_not_taken_off_twice():
    """Two halves of 30 days round up to a cent above the fee: the second is cut, and the 31st day owes its own."""
    items = [*PLAN, Item("0", 135, "sva", date(2026, 1, 1)), Item("1", 30, "sva", date(2026, 1, 31))]
    cycle, parts, known = cycle_of(date(2026, 1, 1), 1), [], []
    for start, end in ((1, 15), (16, 30), (31, 31)):
        found = use_between(items, Period(date(2026, 1, start), date(2026, 1, end)), 1, "30", known)
        parts += found
        known += [part.period for part in found]
    assert [part.cents for part in parts] == [5063, 5062, 1]
    assert sum(part.cents for part in parts) == owed(items, cycle, "30")


ITEMS = st.lists(st.tuples(st.integers(-20, 400), st.integers(30, 100_000)), max_size=4)


@given(ITEMS, st.integers(1, 31), st.integers(0, 60), st.sampled_from(["30", "calendar"]), st.randoms())
def test_however_it_grows_every_month_costs_what_it_owes(grows, anchor, later, base, random):
    """Cut in any pieces: a cycle costs its fee and, of each day of beginning, the days of what began."""
    begins = cycle_of(date(2026, 1, 1) + later * DAY, anchor).from_
    items = [*PLAN, *(Item(str(n), cents, "sva", begins + DAY * days) for n, (days, cents) in enumerate(grows))]
    cycle = cycle_of(begins, anchor)
    while (cycle.from_ - begins).days < 420:
        edges = sorted({cycle.from_, *(cycle.from_ + DAY * random.randrange(1, cycle.days) for _ in range(2))})
        known, parts = [], []
        for start, next_start in zip(edges, [*edges[1:], cycle.to + DAY], strict=True):
            found = use_between(items, Period(start, next_start - DAY), anchor, base, known)
            parts += found
            known += [part.period for part in found]
        assert sum(part.cents for part in parts) == owed(items, cycle, base)
        assert all(line.cents >= 0 for part in parts for line in part.lines)
        assert all(sum(line.cents for line in part.lines) == part.cents for part in parts)
        cycle = cycle_of(cycle.to + DAY, anchor)


def owed(items, cycle, base):
    """Another way to the same sum, in fractions of a cent."""
    divisor, groups = 30 if base == "30" else cycle.days, {}
    for item in (Item(*each) for each in items):
        first = max(item.starts_on or cycle.from_, cycle.from_)
        if first <= cycle.to:
            groups[first] = groups.get(first, 0) + item.cents
    total = 0
    for first, cents in groups.items():
        days = (cycle.to - first).days + 1
        share = cents if days == cycle.days else min(cents, (2 * cents * days + divisor) // (2 * divisor))
        total += share
    return total


# ---- the run


@pytest.mark.parametrize("base", ["30", "calendar"])
def test_postpaid_the_month_behind_is_cut(db, clock, service, base):
    db.get(Company, service.company_id).proration_base = base
    ramais(service, date(2026, 11, 25))
    run()
    assert standing(db, service) == [
        (Period(date(2026, 11, 10), date(2026, 11, 24)), 4995, "R$\u00a099,90 × 15 ÷ 30"),
        (Period(date(2026, 11, 25), date(2026, 12, 9)), 7485, "R$\u00a0149,70 × 15 ÷ 30"),
    ]
    assert db.scalars(select(Invoice.total_cents)).all() == [4995 + 7485]
    assert lines_of(db, date(2026, 11, 25)) == [
        ("scm", "Internet (SCM)", 3495),
        ("sva", "Streaming (SVA)", 1500),
        ("stfc", RAMAIS, 2490),
    ]
    with clock("2027-01-02 10:00"):
        run()
    assert standing(db, service)[2:] == [(DECEMBER, 14970, "")]
    assert lines_of(db, DECEMBER.from_)[-1] == ("stfc", RAMAIS, 4980)
    assert run() == 0
    sound()


def test_prepaid_the_month_ahead_is_cut(db, clock, service):
    service.billing_type = "prepaid"
    ramais(service, date(2026, 12, 25))
    run()
    assert [row[:2] for row in standing(db, service)] == [
        (NOVEMBER, 9990),
        (Period(DECEMBER.from_, date(2026, 12, 24)), 4995),
        (Period(date(2026, 12, 25), DECEMBER.to), 7651),
    ]
    texts = db.scalars(select(Charge.description).order_by(Charge.period_start)).all()
    assert texts == ["Mensalidade", "15 dias de uso", "16 dias de uso, resto da mensalidade"]
    assert lines_of(db, date(2026, 12, 25))[-1] == ("stfc", RAMAIS, 2656)
    with clock("2027-01-02 10:00"):
        run()
    assert standing(db, service)[3:] == [(JANUARY, 14970, "")]
    sound()


def test_at_the_edge_of_the_cycle_and_in_the_future(db, clock, service):
    service.billing_type = "prepaid"
    ramais(service, DECEMBER.from_)
    ramais(service, FEBRUARY.from_ + DAY, quantity=1)
    for month in ("2026-12-01", "2027-01-02", "2027-02-02", "2027-03-02"):
        with clock(f"{month} 10:00"):
            run()
    assert [cents for _, cents, _ in standing(db, service)] == [
        9990,
        14970,
        14970,
        499,
        14970 - 499 + 2241,
        14970 + 2490,
    ]
    sound()


def test_what_is_taken_out_is_not_charged_and_what_was_issued_stays(db, clock, service):
    row = ramais(service, date(2026, 11, 25))
    run()
    issued = standing(db, service)
    service.take_out(row.id, "o cliente desistiu")
    with clock("2027-01-02 10:00"):
        run()
    assert standing(db, service) == [*issued, (DECEMBER, 9990, "")]


def test_a_gap_is_charged_as_it_would_have_been(db, service):
    ramais(service, date(2026, 11, 25))
    run()
    before = standing(db, service)
    db.scalars(select(Invoice)).one().cancel("endereço errado")
    [gap] = gaps(service)
    charge_shown(service, gap.from_, gap.to, date(2026, 12, 20))
    assert standing(db, service) == before
    sound()


@pytest.mark.parametrize("kind", ["prepaid", "postpaid"])
def test_a_carne_made_after_the_change_and_one_made_before(db, service, kind):
    service.uses_carne, service.billing_type, service.starts_on = True, kind, DECEMBER.from_
    first_due = DECEMBER.from_ if kind == "prepaid" else JANUARY.from_
    before = Carne.generate(service, DECEMBER.from_, first_due, 1)
    ramais(service, date(2027, 1, 25))
    assert [row.total_cents for row in before.invoices()] == [9990]
    after = Carne.generate(service, JANUARY.from_, first_due + 31 * DAY, 3)
    assert [row.total_cents for row in after.invoices()] == [9990 + 2656, 14970, 14970]
    assert [cents for _, cents, _ in standing(db, service)][1:] == [4995, 7651, 14970, 14970]
    sound()


def test_the_preview_of_a_carne_names_each_value(service):
    service.uses_carne, service.starts_on = True, DECEMBER.from_
    ramais(service, FEBRUARY.from_)
    sums = sums_of(plan(service, DECEMBER.from_, JANUARY.from_, 5))
    assert [(line.label, line.cents) for line in sums] == [
        ("Mensalidade, 10/12/2026 a 09/01/2027", 9990),
        ("Mais 1 de R$\u00a099,90", 9990),
        ("Mais 3 de R$\u00a0149,70", 3 * 14970),
    ]


GROWTH = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 5), st.integers(30, 9000)), min_size=1, max_size=3)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GROWTH, st.sampled_from(["prepaid", "postpaid"]), st.sampled_from(["30", "calendar"]), st.integers(1, 6))
def test_over_many_months_the_run_charges_what_it_rehearsed(db, clock, service, grows, kind, base, first_run):
    """The months before the first run at once, then one by one; no day twice, each month what it owes."""
    saved = db.begin_nested()
    try:
        service.billing_type = kind
        db.get(Company, service.company_id).proration_base = base
        for days, quantity, cents in grows:
            ramais(service, service.starts_on + days * DAY, quantity, cents)
        for month in range(first_run, 10):
            with clock(f"{date(2026 + (month + 10) // 12, (month + 10) % 12 + 1, 5)} 10:00"):
                rehearsed = [(new.period, new.amount_cents) for each in dues(service) for new in each.charges]
                known = standing(db, service)
                bill([service.person_id])
                new = [row for row in standing(db, service) if row not in known]
                assert [(Period(*period), cents) for period, cents in rehearsed] == [row[:2] for row in new]
                assert dues(service) == []
        _owes(standing(db, service), service, base)
    finally:
        saved.rollback()
        db.expire_all()


def dues(service):
    return due_services([service.person_id])


def _owes(found, service, base):
    until, items = found[-1][0].to, service.composition()
    assert found[0][0].from_ == service.starts_on
    assert all(after[0].from_ == before[0].to + DAY for before, after in pairwise(found))
    cycle, expected = cycle_of(service.starts_on, service.due_day), 0
    while cycle.from_ <= until:
        expected += owed(items, cycle, base)
        cycle = cycle_of(cycle.to + DAY, service.due_day)
    assert sum(cents for _, cents, _ in found) == expected


# ---- what was charged before the item came


def test_days_that_were_charged_without_it(db, clock, service):
    service.billing_type = "prepaid"
    assert charged_without(service, Item(RAMAIS, 4980, "stfc", DECEMBER.from_)) is None
    run()
    coming = Item(RAMAIS, 4980, "stfc", date(2027, 1, 6))
    found = charged_without(service, coming)
    assert (found.period, found.cents) == (Period(date(2027, 1, 6), DECEMBER.to), 664)
    assert found.sentence == (
        "O período de 06/01/2027 a 09/01/2027 já foi faturado sem isto: R$\u00a06,64. Lance como cobrança avulsa."
    )
    row = ramais(service, coming.starts_on)
    assert charged_without(service, row) == found
    with clock("2027-01-02 10:00"):
        run()
        assert standing(db, service)[-1] == (JANUARY, 14970, "")
        assert charged_without(service, row) == found, "the month behind has it"
        assert charged_without(service, service.items()[0]) is None
        assert charged_without(service, ramais(service, JANUARY.to + DAY)) is None


def test_a_second_one_that_prints_alike(db, clock, service):
    service.billing_type = "prepaid"
    first = ramais(service, DECEMBER.from_)
    run()
    second = ramais(service, date(2027, 1, 1))
    assert charged_without(service, first) is None
    assert charged_without(service, second).period == Period(date(2027, 1, 1), DECEMBER.to)
    with clock("2027-01-02 10:00"):
        run()
    assert standing(db, service)[-1] == (JANUARY, 19950, "")
    assert charged_without(service, first) is None
    assert charged_without(service, second).period == Period(date(2027, 1, 1), DECEMBER.to)


def test_months_of_a_carne_that_was_there_and_a_month_taken_back(db, service):
    service.uses_carne, service.billing_type, service.starts_on = True, "prepaid", DECEMBER.from_
    carne = Carne.generate(service, DECEMBER.from_, DECEMBER.from_, 3)
    row = ramais(service, date(2026, 12, 25))
    found = charged_without(service, row)
    assert (found.period, found.cents) == (Period(date(2026, 12, 25), FEBRUARY.to), 2656 + 2 * 4980)
    carne.invoices()[1].cancel("engano")
    found = charged_without(service, row)
    assert found.periods == (Period(date(2026, 12, 25), DECEMBER.to), FEBRUARY)
    assert (found.cents, found.sentence.count(" e de ")) == (2656 + 4980, 1)


@pytest.mark.parametrize("later", [0, 9, 30, 45])
@pytest.mark.parametrize("base", ["30", "calendar"])
def test_whenever_it_comes_both_together_are_what_it_costs(db, clock, service, base, later):
    service.billing_type = "prepaid"
    db.get(Company, service.company_id).proration_base = base
    starts_on = DECEMBER.from_ + later * DAY
    for month in ("2026-12-01", "2027-01-02"):
        with clock(f"{month} 10:00"):
            run()
    row = ramais(service, starts_on)
    missing = charged_without(service, row).cents
    with clock("2027-02-02 10:00"):
        run()
    months = (NOVEMBER, DECEMBER, JANUARY, FEBRUARY)
    assert sum(cents for _, cents, _ in standing(db, service)) + missing == sum(
        owed(service.composition(), month, base) for month in months
    )


# ---- what prints


def test_what_changed_is_the_item_alone(db, clock, service):
    ramais(service, date(2026, 12, 25))
    for month in ("2026-12-01", "2027-01-02", "2027-02-02"):
        with clock(f"{month} 10:00"):
            run()
    second, third = db.scalars(select(Invoice).order_by(Invoice.due_on)).all()[1:]
    assert changes_of(second).lines == (Change(RAMAIS, 0, 2656),)
    assert changes_of(third).lines == (Change(RAMAIS, 2656, 4980),)


def test_the_contract_lists_it_and_the_first_invoice_once_issued_is_without_it(db, service, clock):
    with clock("2026-12-01 10:00"):
        run()
    contract = db.scalars(select(Contract).where(Contract.service_id == service.id)).first()
    before = contract_paper(contract)
    ramais(service, date(2026, 12, 1))
    after = contract_paper(contract)
    assert after["composition"] == [*before["composition"], [f"{RAMAIS}, a partir de 01/12/2026", "R$\u00a049,80"]]
    assert (before["values"]["servico.mensalidade"], after["values"]["servico.mensalidade"]) == (
        "R$\u00a099,90",
        "R$\u00a0149,70",
    )
    assert after["first_invoice"] == before["first_invoice"] != []
    assert after["values"]["cobranca.primeira_fatura"] == before["values"]["cobranca.primeira_fatura"]


def test_before_any_invoice_the_contract_reckons_the_first_with_it(db, service):
    contract = db.scalars(select(Contract).where(Contract.service_id == service.id)).first()
    ramais(service, date(2026, 12, 1))
    assert contract_paper(contract)["first_invoice"] == [
        ["21 dias de uso, 10/11/2026 a 30/11/2026", "R$\u00a099,90 × 21 ÷ 30", "R$\u00a069,93"],
        ["9 dias de uso, 01/12/2026 a 09/12/2026", "R$\u00a0149,70 × 9 ÷ 30", "R$\u00a044,91"],
    ]
