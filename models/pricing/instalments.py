"""The instalments of a carnê: the first with the pro-rata, each other one a full month (D-05, C-39 to C-44)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.pricing.arithmetic import Composition, DayBase, Kind, Line, Part, Period, all_lines, covered
from models.pricing.cycle import full_months
from models.pricing.due_dates import anchored
from models.pricing.first_invoice import first_invoice
from models.refused import Refused
from models.wording import counted


@dataclass(frozen=True)
class Installment:
    """One instalment of a carnê: its number from 1, when it is due, what it covers (C-41, C-44)."""

    number: int
    due: date
    parts: tuple[Part, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, oldest use first."""
        return all_lines(self.parts)

    @property
    def total_cents(self) -> int:
        """The value of the instalment, in cents."""
        return sum(line.cents for line in self.lines)

    @property
    def period(self) -> Period:
        """From the first to the last day the instalment covers."""
        return covered(self.parts)


def schedule(
    composition: Composition,
    start: date,
    first_due: date,
    kind: Kind,
    base: DayBase = "30",
    count: int = 12,
    *,
    due_day: int | None = None,
    most: int = 60,
    charged: Sequence[Period] = (),
) -> tuple[Installment, ...]:
    """The instalments of a carnê: the first with the pro-rata, each other one full month (D-05, C-41, C-42).

    Amounts in cents; no installation fee, which a carnê never carries (C-16). `charged` are days charged before, as
    in `prorated`. Raises Refused as
    `first_invoice` does, and for a count below 1 or above `most`, the configured maximum.
    """
    _refuse_count(count, most)
    first = first_invoice(composition, start, first_due, kind, base, due_day=due_day, charged=charged)
    anchor = first_due.day if due_day is None else due_day
    begins = -1 if kind == "postpaid" else 0  # the month before the due date, or the one it opens
    return Installment(1, first_due, first.parts), *(
        Installment(
            number=number + 1,
            due=anchored(first_due, number, anchor),
            parts=tuple(full_months(composition, first_due, number + begins, number + begins + 1, anchor, base)),
        )
        for number in range(1, count)
    )


def _refuse_count(count: int, most: int) -> None:
    if not 1 <= count <= most:
        raise Refused(f"Informe de 1 a {counted(most, 'parcela')}.")
