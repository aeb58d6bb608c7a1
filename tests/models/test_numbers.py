"""The counter of contract numbers and protocols: no gap, no double, on both databases."""

from __future__ import annotations

import random
import threading

import pytest

from models.base import db as base
from models.numbers import take

pytestmark = pytest.mark.postgresql


def test_500_numbers_with_a_fifth_rolled_back(app, race):
    kept: list[int] = []
    guard = threading.Lock()

    def work(index: int) -> None:
        rng = random.Random(index)
        with app.app_context():
            for _ in range(50):
                number = take("protocol")
                if rng.random() < 0.2:
                    base.session.rollback()
                    continue
                base.session.commit()
                with guard:
                    kept.append(number)

    results = race(10, work)
    assert [error for error in results if error] == []
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert 350 < len(kept) < 450


def test_a_block_is_reserved_at_once(app):
    with app.app_context():
        assert take("slips", 12) == 12
        assert take("slips") == 13
        base.session.commit()
