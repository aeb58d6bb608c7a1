"""What a report says beside its rows: figures, a sentence, a finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from models.banking.rounding import half_up


class Figure(NamedTuple):
    """A figure above a report: `value` is money in centavos when it is a number, else it is said as it stands."""

    label: str
    value: int | str
    tone: str = ""


@dataclass(frozen=True)
class Told:
    """`words` stand beside the figures, `finding` above the picture."""

    figures: list[Figure] = field(default_factory=list)
    words: str = ""
    finding: str = ""


def share_words(part: int, whole: int) -> str:
    """'93,0 %', of a whole that is more than nothing."""
    percent, tenth = divmod(half_up(1000 * part, whole), 10)
    return f"{percent},{tenth} %"
