"""What a service is worth while it did not work: spans of time, and the fee of so many minutes (B-23)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from models.wording import brl, counted

HOURS = 24
LEAST = 30  # minutes: what stopped for less gives no credit (decision 044)


class Span(NamedTuple):
    begins: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        """Whole ones."""
        return int((self.ends - self.begins).total_seconds()) // 60


class Downtime(NamedTuple):
    """So many minutes of a monthly fee, of a month of so many days."""

    fee_cents: int
    minutes: int
    days: int

    @property
    def cents(self) -> int:
        """Multiplied first, rounded once, half up."""
        whole = self.days * HOURS * 60
        return (2 * self.fee_cents * self.minutes + whole) // (2 * whole)

    @property
    def words(self) -> str:
        """'Mensalidade R$ 99,90 ÷ 30 dias ÷ 24 h × 3 h 30 min = R$ 0,49'."""
        fee = f"Mensalidade {brl(self.fee_cents)} ÷ {counted(self.days, 'dia')} ÷ {HOURS} h"
        return f"{fee} × {clocked(self.minutes)} = {brl(self.cents)}"


def clocked(minutes: int) -> str:
    """'3 h 30 min', '45 min', '26 h'."""
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")))


def left_of(span: Span, taken: Iterable[Span]) -> list[Span]:
    """What remains of a span without those that are taken, in order; they may overlap."""
    found, begins = [], span.begins
    for other in sorted(taken):
        if other.ends <= begins or other.begins >= span.ends:
            continue
        if other.begins > begins:
            found.append(Span(begins, other.begins))
        begins = max(begins, other.ends)
    if begins < span.ends:
        found.append(Span(begins, span.ends))
    return found
