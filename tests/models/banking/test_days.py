"""Business days of banks, and what is paid late or early."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.banking import (
    LateTerms,
    amount_due,
    bank_holidays,
    business_day,
    is_business_day,
    last_payable_day,
    part_paid,
)
from models.refused import Refused

EXAMPLES = json.loads((Path(__file__).parents[2] / "examples.json").read_text())
TERMS = LateTerms(Decimal("2.00"), Decimal("1.00"))
DUE = date(2026, 12, 10)
DAYS = st.dates(date(1998, 1, 1), date(2099, 12, 1))


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize("case", EXAMPLES["dias_uteis"], ids=lambda case: case["data"])
def test_examples(case):
    assert business_day(day(case["data"])) == day(case["dia_util_seguinte_ou_mesmo"])


@pytest.mark.parametrize("year", range(2024, 2060))
def test_the_national_days_and_those_around_easter(year):
    """Law 662/1949 and its successors, with Carnival, Good Friday and Corpus Christi; not the eve of Christmas."""
    fixed = {
        date(year, *day) for day in ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25))
    }
    moving = bank_holidays(year) - fixed
    assert fixed <= bank_holidays(year)
    assert sorted(on.weekday() for on in moving) == [0, 1, 3, 4]
    first = min(moving)
    assert moving == {first + timedelta(days=gap) for gap in (0, 1, 46, 108)}


@pytest.mark.parametrize(
    ("on", "next_"),
    [
        ("2024-02-12", "2024-02-14"),  # Carnival, then Ash Wednesday
        ("2025-03-03", "2025-03-05"),
        ("2026-06-04", "2026-06-05"),  # Corpus Christi
        ("2027-03-26", "2027-03-29"),  # Good Friday
        ("2023-11-20", "2023-11-20"),  # not yet a holiday
        ("2024-11-20", "2024-11-21"),
        ("2024-02-29", "2024-02-29"),
        ("2028-12-31", "2029-01-02"),  # a Sunday, then New Year
    ],
)
def test_other_years(on, next_):
    assert business_day(day(on)) == day(next_)


def test_local_days_come_from_outside():
    assert business_day(day("2026-12-31"), closed={day("2026-12-31")}) == day("2027-01-04")
    assert not is_business_day(DUE, [DUE])


@given(DAYS)
def test_the_next_business_day_is_its_own_next(on):
    found = business_day(on)
    assert business_day(found) == found
    assert is_business_day(found)
    assert timedelta() <= found - on <= timedelta(days=5)
    assert not any(is_business_day(on + timedelta(days=gap)) for gap in range((found - on).days))


# --- Pix with due date ---


@pytest.mark.parametrize("case", EXAMPLES["cobv_validade"], ids=lambda case: case["dataDeVencimento"])
def test_validity_examples(case):
    last = last_payable_day(day(case["dataDeVencimento"]), case["validadeAposVencimento"])
    assert last == day(case["ultimo_dia_pagavel"])


def test_validity_of_no_days():
    assert last_payable_day(day("2020-12-25"), 0) == day("2020-12-28")
    with pytest.raises(Refused, match="negativa"):
        last_payable_day(DUE, -1)


# --- Fine and interest ---


@pytest.mark.parametrize("case", EXAMPLES["encargos"]["casos"], ids=lambda case: case["pagamento"])
def test_charges_examples(case):
    cents = {key: int(case[key].replace(".", "")) for key in ("valor", "multa", "juros", "desconto", "total")}
    due, on = day(case["vencimento"]), day(case["pagamento"])
    found = amount_due(cents["valor"], due, on, TERMS, cents["desconto"])
    assert (found.payable_until, found.days_late) == (day(case["vencimento_util"]), case["dias_atraso"])
    assert (found.fine_cents, found.interest_cents) == (cents["multa"], cents["juros"])
    assert (found.discount_cents, found.total_cents) == (cents["desconto"], cents["total"])


def test_interest_from_the_printed_date():
    printed = LateTerms(TERMS.fine_percent, TERMS.monthly_interest_percent, "due_date")
    assert amount_due(9990, day("2026-12-12"), day("2026-12-15"), printed).interest_cents == 10
    assert amount_due(9990, day("2026-12-12"), day("2026-12-14"), printed).total_cents == 9990


def test_each_part_is_rounded_half_up():
    late = amount_due(1525, DUE, DUE + timedelta(days=30), LateTerms(Decimal("2"), Decimal("1.0")))
    assert (late.fine_cents, late.interest_cents) == (31, 15)  # 30.5 and 15.25
    assert amount_due(50, DUE, DUE + timedelta(days=30), TERMS).interest_cents == 1  # 0.5


def test_the_discount_is_lost_with_the_last_day():
    saturday = day("2026-12-12")
    assert amount_due(9990, saturday, day("2026-12-14"), TERMS, 500).total_cents == 9490
    assert amount_due(9990, saturday, day("2026-12-15"), TERMS, 500).discount_cents == 0


@pytest.mark.parametrize(("terms", "discount"), [(LateTerms(Decimal("-1"), Decimal(1)), 0), (TERMS, 101), (TERMS, -1)])
def test_refused(terms, discount):
    with pytest.raises(Refused):
        amount_due(100, DUE, DUE, terms, discount)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 3000), st.integers(0, 3000))
def test_more_money_or_more_days_never_cost_less(cents, more, days, later):
    base = amount_due(cents, DUE, DUE + timedelta(days=days), TERMS)
    richer = amount_due(cents + more, DUE, DUE + timedelta(days=days), TERMS)
    longer = amount_due(cents, DUE, DUE + timedelta(days=days + later), TERMS)
    for other in (richer, longer):
        assert other.fine_cents >= base.fine_cents
        assert other.interest_cents >= base.interest_cents
        assert other.total_cents >= base.total_cents


@given(st.integers(0, 10**9), st.integers(1, 5000))
def test_interest_is_within_half_a_cent(cents, days):
    late = amount_due(cents, DUE, DUE + timedelta(days=days), TERMS)
    assert abs(late.interest_cents * 3000 - cents * days) <= 1500


# --- Paid in parts (decision 012) ---


def test_a_part_bears_its_own_fine_and_interest():
    late = DUE + timedelta(days=30)
    part = part_paid(5150, 10000, DUE, late, TERMS)  # half of the R$ 103,00 it costs
    assert (part.cents, part.fine_cents, part.interest_cents) == (5000, 100, 50)
    assert amount_due(10000 - part.cents, DUE, late, TERMS).total_cents == 5150
    assert part_paid(4000, 10000, DUE, DUE, TERMS).cents == 4000, "in time there is nothing else"


def test_the_smallest_coin_pays_something():
    assert part_paid(1, 10000, DUE, DUE + timedelta(days=300), TERMS).cents == 1


@given(st.integers(1, 10**6), st.lists(st.tuples(st.integers(-10, 400), st.integers(1, 10**6)), max_size=12))
def test_in_any_parts_on_any_days_it_costs_no_more_and_is_fined_once(cents, parts):
    rest, fines, gained = cents, 0, 0
    for days, money in parts:
        on = DUE + timedelta(days=days)
        before = amount_due(rest, DUE, on, TERMS)
        if money < before.total_cents:
            part = part_paid(money, rest, DUE, on, TERMS)
            assert part.total_cents == money
            assert 1 <= part.cents <= rest
            assert 0 <= part.fine_cents <= before.fine_cents
            assert 0 <= part.interest_cents <= before.interest_cents
            rest, fines = rest - part.cents, fines + part.fine_cents
            gain = before.total_cents - money - amount_due(rest, DUE, on, TERMS).total_cents
            assert 0 <= gain <= 2, "rounding gives the payer a cent or two, and takes none"
            gained += gain
    late = DUE + timedelta(days=400)
    fine, fines = amount_due(cents, DUE, late, TERMS).fine_cents, fines + amount_due(rest, DUE, late, TERMS).fine_cents
    assert fines <= fine
    if all(days > 0 for days, _ in parts):
        assert fines >= fine - gained
