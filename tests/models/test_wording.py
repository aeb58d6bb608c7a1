"""How values are said: written by ourselves where Babel is slow, and never otherwise than Babel would."""

import random
from decimal import Decimal

from babel.numbers import format_currency

from models.wording import EM_DASH, brl


def test_money_is_written_as_babel_writes_it():
    edges = [0, 1, 5, 9, 10, 99, 100, 101, 999, 1000, 99_999, 100_000, 100_001, 99_999_999, 100_000_000, 10**12 - 1]
    chance = random.Random(8)
    many = [round(10 ** chance.uniform(0, 12)) for _ in range(500)]
    for cents in [*edges, *many, *(-cents for cents in [*edges, *many])]:
        assert brl(cents) == format_currency(Decimal(cents) / 100, "BRL", locale="pt_BR"), cents


def test_no_money_is_a_dash():
    assert brl(None) == EM_DASH
