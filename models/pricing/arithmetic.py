"""What an invoice is made of: stretches of use with their arithmetic, in lines (D-05, C-40, C-44).

Money is integer cents: every division multiplies first and rounds once, half up. `to` is the last day of use, as the
screens write a period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from models.banking.rounding import half_up

Kind = Literal["prepaid", "postpaid"]
DayBase = Literal["30", "calendar"]


class Item(NamedTuple):
    """A line of a composition with its monthly cents. `starts_on`: the first day it is there; None: it always was."""

    name: str
    cents: int
    kind: str = ""
    starts_on: date | None = None


Composition = Sequence[Item | tuple[str, int]]  # a pair is an item that was always there


@dataclass(frozen=True)
class Period:
    """Days of use, both ends included (C-44)."""

    from_: date
    to: date

    @property
    def days(self) -> int:
        """How many days of use the period has."""
        return (self.to - self.from_).days + 1


@dataclass(frozen=True)
class Formula:
    """Fee times days over divisor, in cents and days, for a screen to write as arithmetic (C-40)."""

    fee_cents: int
    days: int
    divisor: int

    @property
    def cents(self) -> int:
        """The result in cents: multiplied first, rounded once, half up, never above the fee (D-05)."""
        return min(half_up(self.fee_cents * self.days, self.divisor), self.fee_cents)

    @property
    def daily_hundredths(self) -> int:
        """The daily value in hundredths of a cent, to be shown and never calculated with (C-40)."""
        return half_up(self.fee_cents * 100, self.divisor)


@dataclass(frozen=True)
class Line:
    """One amount of an invoice, in cents; without formula it is the whole fee, without dates not a use."""

    name: str
    formula: Formula | None
    from_: date | None
    to: date | None
    cents: int
    kind: str = ""

    @property
    def adjustment_cents(self) -> int:
        """What this item absorbed so that the items sum to the whole: 0, or a cent on the last one (D-05)."""
        return self.cents - self.formula.cents if self.formula else 0


@dataclass(frozen=True)
class Part:
    """One stretch of use on an invoice: the pro-rata, with its formula over the whole fee, or a month.

    `rest`: what other pieces of its cycle left of the fee, which no formula says.
    """

    period: Period
    formula: Formula | None
    lines: tuple[Line, ...]
    rest: bool = False

    @cached_property
    def cents(self) -> int:
        """The sum of the items, in cents."""
        return sum(line.cents for line in self.lines)


def all_lines(parts: tuple[Part, ...]) -> tuple[Line, ...]:
    """The lines of some parts, in their order."""
    return tuple(line for part in parts for line in part.lines)


def covered(parts: tuple[Part, ...]) -> Period:
    """From the first day of the first part to the last day of the last one."""
    return Period(parts[0].period.from_, parts[-1].period.to)
