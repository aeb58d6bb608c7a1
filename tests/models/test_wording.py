"""How values are said: written by ourselves where Babel is slow, and never otherwise than Babel would."""

import random
from decimal import Decimal

import pytest
from babel.numbers import format_currency

from models.wording import EM_DASH, brl, speeds


def test_money_is_written_as_babel_writes_it():
    edges = [0, 1, 5, 9, 10, 99, 100, 101, 999, 1000, 99_999, 100_000, 100_001, 99_999_999, 100_000_000, 10**12 - 1]
    chance = random.Random(8)
    many = [round(10 ** chance.uniform(0, 12)) for _ in range(500)]
    for cents in [*edges, *many, *(-cents for cents in [*edges, *many])]:
        assert brl(cents) == format_currency(Decimal(cents) / 100, "BRL", locale="pt_BR"), cents


def test_no_money_is_a_dash():
    assert brl(None) == EM_DASH


@pytest.mark.parametrize(
    ("down", "up", "said"),
    [
        (500, 250, "500 Mbps, 250 de envio"),
        (1000, 500, "1 Gbps, 500 Mbps de envio"),
        (2500, 1000, "2,5 Gbps, 1 de envio"),
    ],
)
def test_a_speed_is_said_in_the_unit_one_reads(down, up, said):
    assert speeds(down, up) == said
