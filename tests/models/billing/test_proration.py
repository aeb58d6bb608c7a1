"""The first invoice and the carnê to the cent: the figures of D-05, then what holds for any figures."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.pricing import FirstInvoice, Installment, first_due, first_invoice, schedule
from models.refused import Refused

INTERNET = [("Internet 300 Mega", 9990)]
THREE = [("SCM", 3333), ("SVA", 3333), ("Suporte", 3324)]


def day(text: str) -> date:
    return date.fromisoformat(text)


def covers(bill: FirstInvoice | Installment) -> tuple[date, date]:
    return bill.period.from_, bill.period.to


# --- The booklet of D-05 ---


def booklet(kind):
    return schedule(INTERNET, day("2026-11-20"), day("2026-12-10"), kind, "30", 12)


def test_postpaid_booklet_of_d05():
    slips = booklet("postpaid")
    assert [slip.total_cents for slip in slips] == [6660] + [9990] * 11
    assert sum(slip.total_cents for slip in slips) == 116550
    assert covers(slips[0]) == (day("2026-11-20"), day("2026-12-09"))
    assert (slips[1].due, *covers(slips[1])) == (day("2027-01-10"), day("2026-12-10"), day("2027-01-09"))
    assert (slips[11].due, *covers(slips[11])) == (day("2027-11-10"), day("2027-10-10"), day("2027-11-09"))


def test_prepaid_booklet_of_d05():
    slips = booklet("prepaid")
    assert [slip.total_cents for slip in slips] == [16650] + [9990] * 11
    assert sum(slip.total_cents for slip in slips) == 126540
    assert [(line.from_, line.to, line.cents) for line in slips[0].lines] == [
        (day("2026-11-20"), day("2026-12-09"), 6660),
        (day("2026-12-10"), day("2027-01-09"), 9990),
    ]
    assert (slips[1].due, *covers(slips[1])) == (day("2027-01-10"), day("2027-01-10"), day("2027-02-09"))
    assert (slips[11].due, *covers(slips[11])) == (day("2027-11-10"), day("2027-11-10"), day("2027-12-09"))


def test_the_sum_can_be_written_as_arithmetic():
    first = first_invoice(INTERNET, day("2026-11-20"), day("2026-12-10"), "postpaid")
    formula = first.formula
    assert (formula.fee_cents, formula.days, formula.divisor, formula.cents) == (9990, 20, 30, 6660)
    assert formula.daily_hundredths == 33300
    assert (first.days, first.months, first.due, first.prorata_cents) == (20, 0, day("2026-12-10"), 6660)


def test_the_daily_value_is_never_rounded_first():
    first = first_invoice([("Dedicado", 100000)], day("2026-11-29"), day("2026-12-10"), "postpaid")
    assert (first.days, first.total_cents) == (11, 36667)  # 33,33 a day would give 366,63


# --- The other figures of D-05: start, first due, base, months, days, divisor, cents before the due date ---

FIGURES = [
    ("2026-12-15", "2027-01-10", "30", 0, 26, 30, 8658),
    ("2026-12-15", "2027-01-10", "calendar", 0, 26, 31, 8379),
    ("2026-10-20", "2026-12-10", "30", 1, 21, 30, 16983),
    ("2026-10-20", "2026-12-10", "calendar", 1, 21, 31, 16757),
    ("2026-12-10", "2027-01-10", "30", 1, 0, None, 9990),
    ("2026-12-10", "2027-01-10", "calendar", 1, 0, None, 9990),
]


@pytest.mark.parametrize(("start", "due", "base", "months", "days", "divisor", "cents"), FIGURES)
def test_figures_of_d05(start, due, base, months, days, divisor, cents):
    postpaid = first_invoice(INTERNET, day(start), day(due), "postpaid", base)
    prepaid = first_invoice(INTERNET, day(start), day(due), "prepaid", base)
    assert (postpaid.months, postpaid.days, postpaid.total_cents) == (months, days, cents)
    assert (postpaid.formula and postpaid.formula.divisor) == divisor
    assert prepaid.total_cents == cents + 9990


def test_start_on_the_first_due_date():
    start = day("2026-12-10")
    prepaid = first_invoice(INTERNET, start, start, "prepaid")
    assert (prepaid.total_cents, prepaid.days, prepaid.formula) == (9990, 0, None)
    with pytest.raises(Refused, match="Postecipado"):
        first_invoice(INTERNET, start, start, "postpaid")


def test_the_last_item_of_the_composition_absorbs_the_cent():
    first = first_invoice(THREE, day("2026-12-03"), day("2026-12-10"), "postpaid")
    assert [line.cents for line in first.lines] == [778, 778, 775]
    assert [line.adjustment_cents for line in first.lines] == [0, 0, -1]
    assert (first.total_cents, first.formula.cents) == (2331, 2331)


def test_composition_in_the_prepaid_first_invoice():
    first = first_invoice(THREE, day("2026-12-03"), day("2026-12-10"), "prepaid")
    assert [(line.name, line.cents) for line in first.parts[1].lines] == THREE
    assert first.total_cents == 2331 + 9990


# --- The settled examples: start, last day, days, divisor, cents ---

EXAMPLES = [
    ("2026-11-20", "2026-12-09", 20, "30", 6660),
    ("2026-11-20", "2026-12-09", 20, "calendar", 6660),
    ("2026-12-15", "2027-01-09", 26, "calendar", 8379),
    ("2026-12-10", "2027-01-09", 31, "calendar", 9990),
    ("2026-12-10", "2027-01-09", 31, "30", 9990),
]


@pytest.mark.parametrize(("start", "last", "days", "base", "cents"), EXAMPLES)
def test_settled_examples(start, last, days, base, cents):
    due = day(last) + timedelta(days=1)
    first = first_invoice(INTERNET, day(start), due, "postpaid", base)
    assert (covers(first), first.period.days) == ((day(start), day(last)), days)
    assert first.total_cents == cents


BOOKLET_DUES = [
    "2026-12-10", "2027-01-10", "2027-02-10", "2027-03-10", "2027-04-10", "2027-05-10",
    "2027-06-10", "2027-07-10", "2027-08-10", "2027-09-10", "2027-10-10", "2027-11-10",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "start"), [("prepaid", "2026-12-10"), ("postpaid", "2026-11-10")])
def test_booklet_without_prorata(kind, start):
    slips = schedule(INTERNET, day(start), day("2026-12-10"), kind, "30", 12)
    assert [(slip.number, slip.due) for slip in slips] == [(n, day(due)) for n, due in enumerate(BOOKLET_DUES, 1)]
    assert {slip.total_cents for slip in slips} == {9990}


# --- The anchor in short months ---


def test_the_anchor_survives_short_months():
    slips = schedule(INTERNET, day("2026-12-31"), day("2027-01-31"), "postpaid", "30", 4)
    assert [str(slip.due) for slip in slips] == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
    assert {slip.total_cents for slip in slips} == {9990}


def test_the_anchor_is_kept_when_the_first_due_is_itself_moved():
    slips = schedule(INTERNET, day("2027-02-01"), day("2027-02-28"), "prepaid", "calendar", 2, due_day=31)
    assert [str(slip.due) for slip in slips] == ["2027-02-28", "2027-03-31"]
    assert (slips[0].parts[0].formula.days, slips[0].parts[0].formula.divisor) == (27, 28)
    assert str(slips[0].period.to) == "2027-03-30"


def test_leap_day():
    slips = schedule(INTERNET, day("2028-01-29"), day("2028-02-29"), "postpaid", "30", 3, due_day=29)
    assert [str(slip.due) for slip in slips] == ["2028-02-29", "2028-03-29", "2028-04-29"]
    assert slips[0].total_cents == 9990


FIRST_DUES = [
    ("2026-11-20", 10, 1, "2026-12-10"),
    ("2026-12-09", 10, 1, "2026-12-10"),
    ("2026-12-10", 10, 1, "2027-01-10"),  # strictly after: Postecipado needs a day of use
    ("2026-12-08", 10, 5, "2027-01-10"),
    ("2026-12-05", 10, 5, "2026-12-10"),
    ("2027-01-31", 31, 1, "2027-02-28"),
    ("2027-02-28", 31, 1, "2027-03-31"),
    ("2028-02-10", 30, 1, "2028-02-29"),
    ("2026-12-31", 31, 1, "2027-01-31"),
]


@pytest.mark.parametrize(("start", "due_day", "least_days", "due"), FIRST_DUES)
def test_first_due(start, due_day, least_days, due):
    assert first_due(day(start), due_day, least_days) == day(due)


# --- The installation fee ---


def test_installation_fee_comes_as_a_line_of_its_own():
    first = first_invoice(INTERNET, day("2026-11-20"), day("2026-12-10"), "postpaid", "30", 15000)
    assert [(line.name, line.cents) for line in first.lines] == [
        ("Internet 300 Mega", 6660),
        ("Taxa de instalação", 15000),
    ]
    assert first.total_cents == 21660
    assert (first.installation_fee.from_, first.installation_fee.formula) == (None, None)


# --- Refusals, each with its sentence ---

REFUSED = [
    ({"start": day("2026-12-11")}, "depois do 1º vencimento"),
    ({"composition": []}, "Cadastre ao menos um item"),
    ({"composition": [("Desconto", -1)]}, "negativo"),
    ({"installation_fee_cents": -1}, "taxa de instalação"),
    ({"due_day": 15}, "deve cair no dia 15"),
    ({"due_day": 0}, "de 1 a 31"),
    ({"due_day": 32}, "de 1 a 31"),
    ({"start": date.min}, "Confira o ano"),
    ({"due": date.max}, "Confira o ano"),
]


@pytest.mark.parametrize(("change", "sentence"), REFUSED)
def test_refusals(change, sentence):
    asked = {
        "composition": INTERNET,
        "start": day("2026-11-20"),
        "due": day("2026-12-10"),
        "kind": "postpaid",
    }
    with pytest.raises(Refused, match=sentence):
        first_invoice(**(asked | change))


@pytest.mark.parametrize("count", [-1, 0, 25, 10**9])
def test_count_outside_the_configured_maximum_is_refused(count):
    with pytest.raises(Refused, match="de 1 a 24 parcelas"):
        schedule(INTERNET, day("2026-11-20"), day("2026-12-10"), "postpaid", "30", count, most=24)


def test_first_due_refuses_what_is_no_day():
    with pytest.raises(Refused, match="de 1 a 31"):
        first_due(day("2026-11-20"), 32)
    with pytest.raises(Refused, match="Confira o ano"):
        first_due(date.max, 10)


def test_unknown_kind_or_base_is_a_mistake_of_ours():
    for kind, base in [("pos", "30"), ("prepaid", "31")]:
        with pytest.raises(ValueError, match="unknown"):
            first_invoice(INTERNET, day("2026-11-20"), day("2026-12-10"), kind, base)


# --- What holds for any figures ---

starts = st.dates(date(2020, 1, 1), date(2032, 12, 31))
waits = st.integers(0, 400)
days_of_month = st.integers(1, 31)
kinds = st.sampled_from(["prepaid", "postpaid"])
bases = st.sampled_from(["30", "calendar"])
compositions = st.lists(st.tuples(st.just("Item"), st.integers(0, 50_000) | st.integers(0, 3)), min_size=1, max_size=12)


@st.composite
def booklets(draw):
    """Any composition, start, due day, kind and base, with the first due date somewhere after the start."""
    composition, start, anchor = draw(compositions), draw(starts), draw(days_of_month)
    due = first_due(start + timedelta(days=draw(waits)), anchor)
    arguments = (composition, start, due, draw(kinds), draw(bases))
    return composition, start, anchor, arguments


@given(booklets())
def test_lines_sum_to_the_total_and_the_items_to_their_part(case):
    composition, _, anchor, arguments = case
    first = first_invoice(*arguments, due_day=anchor)
    fee = sum(cents for _, cents in composition)
    assert sum(line.cents for line in first.lines) == sum(part.cents for part in first.parts) == first.total_cents
    for part in first.parts:
        assert part.cents == (part.formula.cents if part.formula else fee)
        assert [line.name for line in part.lines] == [name for name, _ in composition]
    whole_months = first.months + (first.kind == "prepaid")
    assert first.total_cents == first.prorata_cents + whole_months * fee


@given(booklets())
def test_prorata_is_never_above_one_fee_nor_an_item_outside_its_own(case):
    composition, _, anchor, arguments = case
    first = first_invoice(*arguments, due_day=anchor)
    assert 0 <= first.prorata_cents <= sum(cents for _, cents in composition)
    for part in first.parts:
        assert all(0 <= line.cents <= fee for line, (_, fee) in zip(part.lines, composition, strict=True))


@given(booklets())
def test_prorata_is_rounded_once_and_half_up(case):
    first = first_invoice(*case[3], due_day=case[2])
    if first.formula:
        exact, of = first.formula.fee_cents * first.days, first.formula.divisor
        assert first.days < 31
        assert -of <= 2 * (exact - first.prorata_cents * of) < of or first.prorata_cents == first.fee_cents


@given(booklets(), st.integers(1, 40))
def test_periods_are_contiguous_and_due_dates_keep_their_day(case, count):
    composition, start, anchor, arguments = case
    slips = schedule(*arguments, count, due_day=anchor)
    periods = [part.period for slip in slips for part in slip.parts]
    assert periods[0].from_ == start
    assert all(after.from_ == before.to + timedelta(days=1) for before, after in pairwise(periods))
    assert [slip.number for slip in slips] == list(range(1, count + 1))
    assert all(before.due < after.due for before, after in pairwise(slips))
    assert all(slip.due.day == anchor or (slip.due + timedelta(days=1)).day == 1 for slip in slips)
    assert all(slip.total_cents == sum(cents for _, cents in composition) for slip in slips[1:])


@given(booklets(), st.integers(1, 12))
def test_the_last_day_charged_meets_the_due_date(case, count):
    _, _, anchor, arguments = case
    for slip in schedule(*arguments, count, due_day=anchor):
        if arguments[3] == "postpaid":
            assert slip.period.to == slip.due - timedelta(days=1)
        else:
            assert slip.parts[-1].period.from_ == slip.due


@given(starts, days_of_month)
def test_first_due_is_the_next_such_day(start, due_day):
    due = first_due(start, due_day)
    assert 1 <= (due - start).days <= 31
    assert due.day == due_day or (due.day < due_day and (due + timedelta(days=1)).day == 1)
