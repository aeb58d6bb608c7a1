"""What connections used, summed by day before the hours go (decision 038)."""

from __future__ import annotations

from datetime import datetime

from models.base import db
from models.network.usage import forget_hours, roll_up, unsummed


def run(at: datetime) -> int:
    """Sum the days that are settled, each once, and let old hours go."""
    rows = roll_up(at)
    db.session.commit()
    return rows + _forget(at)


def _forget(at: datetime) -> int:
    """Old hours go in small commits."""
    gone, last = 0, 0
    while True:
        some, upto = forget_hours(at, last)
        db.session.commit()
        if upto is None:
            return gone
        gone, last = gone + some, upto


def rehearse(at: datetime) -> list[str]:
    """Which days of which company would be summed; changes nothing."""
    return [f"{company.name}: {day:%d/%m/%Y}" for company, day in unsummed(at)]
