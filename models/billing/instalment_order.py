"""The instalments of a carnê fall due one after the other, through whichever door a date or a place changes (C-112)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from models.wording import day


class Place(NamedTuple):
    """An instalment that stands: its number in the booklet and the day it is due."""

    number: int
    due_on: date


def refusal_to_place(number: int, due_on: date, others: Iterable[Place]) -> str | None:
    """Why an instalment of this number may not be due on a day beside these others."""
    before = max((each for each in others if each.number < number), default=None)
    after = min((each for each in others if each.number > number), default=None)
    if before and due_on <= before.due_on:
        return f"A parcela {number} deve vencer depois da {before.number}, que vence em {day(before.due_on)}."
    if after and due_on >= after.due_on:
        return f"A parcela {number} deve vencer antes da {after.number}, que vence em {day(after.due_on)}."
    return None


def number_for(due_on: date, others: Sequence[Place], gone: Set[int]) -> int | None:
    """The lowest free number under which an invoice due on a day stands in order; None: there is none.

    `gone` are numbers of cancelled instalments, which nobody gets again.
    """
    taken = {each.number for each in others} | gone
    free = (number for number in range(1, max(taken, default=0) + 2) if number not in taken)
    return next((number for number in free if refusal_to_place(number, due_on, others) is None), None)


def out_of_order(places: Iterable[Place], moved: set[int]) -> dict[int, str]:
    """The numbers that `moved` to where they would be due before the one in front of them, with the sentence."""
    found = {}
    for before, after in pairwise(sorted(places)):
        if after.due_on > before.due_on:
            continue
        if after.number in moved:
            found[after.number] = f"A parcela {after.number} deve vencer depois da {before.number}."
        elif before.number in moved:
            found[before.number] = f"A parcela {before.number} deve vencer antes da {after.number}."
    return found
