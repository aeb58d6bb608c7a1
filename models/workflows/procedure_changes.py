"""What one revision of a procedure says that another does not, line by line (U-30)."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

AROUND = 2  # lines that stayed, shown on both sides of a change


class Change(NamedTuple):
    kind: str  # added, removed, same, or skipped
    text: str
    lines: int = 1  # how many, where some that stayed are skipped


def changes(before: str, after: str) -> list[Change]:
    """The lines taken out and put in, with those around them; empty when both say the same."""
    if before == after:
        return []
    old, new = before.split("\n"), after.split("\n")
    found: list[Change] = []
    shown = 0  # lines of the old text that are told already
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND):
        found += _skipped(group[0][1] - shown)
        for same, first, last, begin, end in group:
            if same == "equal":
                found += [Change("same", line) for line in old[first:last]]
            else:
                found += [Change("removed", line) for line in old[first:last]]
                found += [Change("added", line) for line in new[begin:end]]
        shown = group[-1][2]
    return found + _skipped(len(old) - shown)


def _skipped(lines: int) -> list[Change]:
    return [Change("skipped", "", lines)] if lines else []
