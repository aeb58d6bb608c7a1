"""What leaving before the end of the loyalty term costs."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contracts.termination_fee import termination_fee
from models.refused import Refused

EXAMPLES = json.loads((Path(__file__).parents[2] / "examples.json").read_text())["fidelidade"]
START, END = date(2026, 1, 15), date(2027, 1, 15)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["cancelamento"])
def test_examples(case):
    days = (date.fromisoformat(case[key]) for key in ("inicio", "fim", "cancelamento"))
    fee = termination_fee(int(case["beneficio"].replace(".", "")), *days)
    assert (fee.days, fee.days_left) == (case["dias_totais"], case["dias_restantes"])
    assert fee.cents == int(case["multa_por_dia"].replace(".", ""))
    assert fee.months_left == case["meses_restantes_cheios_ou_iniciados"]
    assert fee.cents_by_months == int(case["multa_por_mes"].replace(".", ""))


@given(st.integers(0, 10**7), st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_never_above_the_benefit_and_nothing_after_the_end(benefit, on):
    fee = termination_fee(benefit, START, END, on)
    assert 0 <= fee.cents <= benefit
    assert on < END or fee.cents == fee.cents_by_months == 0
    assert on > START or fee.cents == fee.cents_by_months == benefit


def test_refused():
    with pytest.raises(Refused, match="antes de começar"):
        termination_fee(1, END, START, START)
    with pytest.raises(Refused, match="negativo"):
        termination_fee(-1, START, END, START)
