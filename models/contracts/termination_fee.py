"""The fee of leaving before the loyalty term ends: proportional to the benefit and to the time left (RGC)."""

from dataclasses import dataclass
from datetime import date

from models.banking.rounding import half_up
from models.refused import Refused


@dataclass(frozen=True)
class TerminationFee:
    """The fee with the sum that leads to it; by days is what we charge, by months is shown for comparison."""

    benefit_cents: int
    days: int
    days_left: int
    months: int
    months_left: int  # whole or begun

    @property
    def cents(self) -> int:
        """Benefit times days left over days of the term: never above the benefit, nothing at the end."""
        return half_up(self.benefit_cents * self.days_left, self.days)

    @property
    def cents_by_months(self) -> int:
        """The same with months: what others charge, as a month that began counts whole."""
        return half_up(self.benefit_cents * self.months_left, self.months)


def termination_fee(benefit_cents: int, start: date, end: date, on: date) -> TerminationFee:
    """The fee of leaving on a day of the term. Raises Refused for a term without days or a negative benefit."""
    if end <= start:
        raise Refused("A fidelidade termina antes de começar. Corrija as datas do contrato.")
    if benefit_cents < 0:
        raise Refused("O benefício não pode ser negativo. Corrija o valor no contrato.")
    leaves = min(max(on, start), end)
    return TerminationFee(
        benefit_cents, (end - start).days, (end - leaves).days, _months(start, end), _months(leaves, end)
    )


def _months(start: date, end: date) -> int:
    """Months from one day to the other, the last one whole or begun."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months + (end.day > start.day)
