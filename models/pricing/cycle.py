"""What days of one monthly cycle cost: a full month, in proportion, or what is left of it (D-05).

An item that came later is charged as if it were a service of its own that began on its day: its fee for a whole cycle,
else its fee times its days over the divisor, never above the fee.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from models.pricing.arithmetic import Composition, DayBase, Formula, Item, Line, Part, Period
from models.pricing.due_dates import anchored

DAY = timedelta(days=1)


def full_months(
    composition: Composition, due: date, first: int, end: int, anchor: int, base: DayBase
) -> Iterator[Part]:
    """The cycles from `first` to `end`, in months counted from the due date; one is cut where an item begins in it."""
    edges = (anchored(due, month, anchor) for month in range(first, end + 1))
    for start, next_start in pairwise(edges):
        cycle = Period(start, next_start - DAY)
        yield from prorated(composition, cycle, cycle, base)


def prorated(
    composition: Composition, period: Period, cycle: Period, base: DayBase, charged: Sequence[Period] = ()
) -> tuple[Part, ...]:
    """Some days of a cycle, a part for each stretch with the same items: a full month, or in proportion (D-05).

    `charged` are stretches charged before; those of this cycle cost no more than its fee together, and the last one
    takes the rest. What they cost is reckoned at the fee of now, so a new price is not caught up with.

    The rest is what the cycle owes less what its earlier stretches cost. It owes the fee of what was there all along,
    and of an item that came later its days: 31 days over base 30 cost R$ 99,90 and 16 days of the new item, although
    15 ÷ 30 and 16 ÷ 30 of R$ 99,90 are more; 28 days cost no less.
    """
    items = [Item(*each) for each in composition]
    known = [piece for piece in charged if cycle.from_ <= piece.from_ and piece.to <= cycle.to]
    parts = []
    for stretch in _stretches(items, period):
        parts.append(_part(_there(items, stretch.from_), stretch, cycle, base, known))
        known.append(stretch)
    return tuple(parts)


def _stretches(items: Sequence[Item], period: Period) -> Iterator[Period]:
    """The period, cut at each day on which an item begins."""
    begins = {item.starts_on for item in items if item.starts_on and period.from_ < item.starts_on <= period.to}
    for start, next_start in pairwise([period.from_, *sorted(begins), period.to + DAY]):
        yield Period(start, next_start - DAY)


def _there(items: Sequence[Item], day: date) -> list[Item]:
    """The items that had begun by a day."""
    return [item for item in items if item.starts_on is None or item.starts_on <= day]


def _part(items: Sequence[Item], period: Period, cycle: Period, base: DayBase, known: Sequence[Period]) -> Part:
    """A stretch with these items; `known` are the stretches of its cycle that were charged before it."""
    if period == cycle:
        return Part(period, None, _lines(items, [item.cents for item in items], period))
    divisor = 30 if base == "30" else cycle.days
    formula = Formula(_fee(items), period.days, divisor)
    spent = _spent(items, known, divisor)
    if known and sum(piece.days for piece in (*known, period)) == cycle.days:
        cents = max(_owed(items, cycle, (*known, period), divisor) - spent, 0)
    else:
        cents = min(formula.cents, max(formula.fee_cents - spent, 0))
    if cents == formula.cents:
        return Part(period, formula, _shares(items, formula, period))
    return Part(period, None, _rests(items, cents, period, cycle, known, divisor), rest=True)


def _spent(items: Sequence[Item], known: Sequence[Period], divisor: int) -> int:
    """What stretches that were charged before cost, at the fee of now: together no more than what was there cost."""
    spent = 0
    for piece in known:
        fee = _fee(_there(items, piece.from_))
        spent += min(Formula(fee, piece.days, divisor).cents, max(fee - spent, 0))
    return spent


def _owed(items: Sequence[Item], cycle: Period, charged: Sequence[Period], divisor: int) -> int:
    """What a cycle of which every day is charged costs: the items of each day of beginning, rounded together."""
    fees: dict[date, int] = {}
    for item in items:
        begins = max(item.starts_on or cycle.from_, cycle.from_)
        fees[begins] = fees.get(begins, 0) + item.cents
    return sum(_own(fee, begins, cycle, charged, divisor) for begins, fee in fees.items())


def _own(fee: int, begins: date, cycle: Period, charged: Sequence[Period], divisor: int) -> int:
    """What is owed for what is there from a day on: nothing of the stretches that were charged before it came."""
    days = sum(piece.days for piece in charged if piece.from_ >= begins)
    return fee if days == cycle.days else Formula(fee, days, divisor).cents


def _fee(items: Sequence[Item]) -> int:
    return sum(item.cents for item in items)


def _shares(items: Sequence[Item], whole: Formula, period: Period) -> tuple[Line, ...]:
    """Each item rounded by itself, the last one absorbing the difference to the whole (D-05)."""
    formulas = [Formula(item.cents, whole.days, whole.divisor) for item in items]
    cents = _fitted(items, [formula.cents for formula in formulas], whole.cents)
    return _lines(items, cents, period, formulas)


def _rests(
    items: Sequence[Item], cents: int, period: Period, cycle: Period, known: Sequence[Period], divisor: int
) -> tuple[Line, ...]:
    """The same for a rest: of each item what its cycle owes less what its earlier stretches cost."""
    wanted = []
    for item in items:
        begins = max(item.starts_on or cycle.from_, cycle.from_)
        earlier = [piece for piece in known if piece.from_ >= begins]
        spent = sum(Formula(item.cents, piece.days, divisor).cents for piece in earlier)
        wanted.append(max(_own(item.cents, begins, cycle, (*earlier, period), divisor) - spent, 0))
    return _lines(items, _fitted(items, wanted, cents), period)


def _fitted(items: Sequence[Item], wanted: Sequence[int], whole: int) -> list[int]:
    """The cents wanted for each item, the last one absorbing the difference to the whole.

    With items of a few cents the difference may exceed the last one; the bounds then make its neighbours
    share it, so that no item is negative or above its own fee.
    """
    left, room, found = whole, _fee(items), []
    for item, cents in zip(items, wanted, strict=True):
        room -= item.cents  # the most that the items after this one can take
        found.append(max(min(cents, left), left - room))
        left -= found[-1]
    return found


def _lines(
    items: Sequence[Item], cents: Sequence[int], period: Period, formulas: Sequence[Formula | None] = ()
) -> tuple[Line, ...]:
    found = zip(items, cents, formulas or [None] * len(items), strict=True)
    return tuple(Line(item.name, formula, period.from_, period.to, each, item.kind) for item, each, formula in found)
