"""What is paid for an amount on a given day: fine and interest when it is late, the agreed discount when it is not.

Multa once, juros de mora simple and pro rata die over months of 30 days, never one over the other; each part
is rounded half up by itself. Until the business day of the due date nobody is late (Lei 7.089/1983).
"""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from models.banking.business_days import business_day
from models.banking.rounding import half_up
from models.refused import Refused

CountedFrom = Literal["business_day", "due_date"]


@dataclass(frozen=True)
class LateTerms:
    """What the contract says: percents as printed (2.00, 1.00 a month), and from which day interest is counted."""

    fine_percent: Decimal
    monthly_interest_percent: Decimal
    counted_from: CountedFrom = "business_day"


@dataclass(frozen=True)
class AmountDue:
    """What to pay, in cents and by its parts. `payable_until` is the last day without charges."""

    cents: int
    payable_until: date
    days_late: int
    fine_cents: int
    interest_cents: int
    discount_cents: int

    @property
    def late_cents(self) -> int:
        """Fine and interest together."""
        return self.fine_cents + self.interest_cents

    @property
    def total_cents(self) -> int:
        """The sum to be paid."""
        return self.cents + self.late_cents - self.discount_cents


def amount_due(
    cents: int, due: date, on: date, terms: LateTerms, discount_cents: int = 0, closed: Collection[date] = ()
) -> AmountDue:
    """What an amount due on one day costs on another; the discount is lost with the last day without charges.

    Raises Refused for negative amounts or percents, and for a discount above the amount.
    """
    _refuse(cents, terms, discount_cents)
    until = business_day(due, closed)
    if on <= until:
        return AmountDue(cents, until, 0, 0, 0, discount_cents)
    days = (on - (until if terms.counted_from == "business_day" else due)).days
    fine, per = terms.fine_percent.as_integer_ratio()
    interest, per_month = terms.monthly_interest_percent.as_integer_ratio()
    return AmountDue(
        cents,
        until,
        days,
        half_up(cents * fine, 100 * per),
        half_up(cents * interest * days, 100 * per_month * 30),
        0,
    )


def part_paid(given: int, cents: int, due: date, on: date, terms: LateTerms) -> AmountDue:
    """The part of an amount that some money pays on a day, with the fine and interest of that part alone.

    What is left still bears its own: every cent is fined once and bears interest for its own days, however many the
    parts (decision 012). Where rounding knows no part of just this money, the larger one is paid, by a cent or two.
    """
    whole = amount_due(cents, due, on, terms)

    def rest(part: int) -> AmountDue:
        return amount_due(cents - part, due, on, terms)

    part = bisect_left(range(min(given, cents)), given, key=lambda part: whole.total_cents - rest(part).total_cents)
    fine = min(whole.fine_cents - rest(part).fine_cents, given - part)
    return AmountDue(part, whole.payable_until, whole.days_late, fine, given - part - fine, 0)


def _refuse(cents: int, terms: LateTerms, discount_cents: int) -> None:
    if min(terms.fine_percent, terms.monthly_interest_percent) < 0:
        raise Refused("Multa e juros não podem ser negativos. Corrija os percentuais.")
    if not 0 <= discount_cents <= cents:
        raise Refused("O desconto vai de zero ao valor da fatura. Corrija o desconto.")
