"""The pro-rata of the first invoice and the instalments of a carnê (D-05, C-39 to C-42): arithmetic alone.

Money is integer cents: every division multiplies first and rounds once, half up. Days are counted from the
start (inclusive) to the due date (exclusive); `to` is the last day of use, as the screens write a period.
The anchor is the day of the month invoices fall due; a month without that day uses its last one.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal

from models.banking.rounding import half_up
from models.refused import Refused

Kind = Literal["prepaid", "postpaid"]
Base = Literal["30", "calendar"]
Composition = Sequence[tuple[str, int]]  # item of the plan, its monthly cents

INSTALLATION_FEE = "Taxa de instalação"
OLDEST_YEAR, LATEST_YEAR = 1990, 2199  # a slip of the keyboard, and the arithmetic never leaves the calendar


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

    @property
    def adjustment_cents(self) -> int:
        """What this item absorbed so that the items sum to the whole: 0, or a cent on the last one (D-05)."""
        return self.cents - self.formula.cents if self.formula else 0


@dataclass(frozen=True)
class Part:
    """One stretch of use on an invoice: the pro-rata, with its formula over the whole fee, or a month."""

    period: Period
    formula: Formula | None
    lines: tuple[Line, ...]

    @cached_property
    def cents(self) -> int:
        """The sum of the items, in cents."""
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True)
class Installment:
    """One instalment of a carnê: its number from 1, when it is due, what it covers (C-41, C-44)."""

    number: int
    due: date
    parts: tuple[Part, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, oldest use first."""
        return _lines(self.parts)

    @property
    def total_cents(self) -> int:
        """The value of the instalment, in cents."""
        return sum(line.cents for line in self.lines)

    @property
    def period(self) -> Period:
        """From the first to the last day the instalment covers."""
        return _covered(self.parts)


@dataclass(frozen=True)
class FirstInvoice:
    """The first invoice of a service: `months` whole months and `days` of pro-rata before the due date."""

    due: date
    kind: Kind
    base: Base
    fee_cents: int
    months: int
    days: int
    parts: tuple[Part, ...]
    installation_fee: Line | None = None

    @property
    def formula(self) -> Formula | None:
        """The pro-rata over the whole fee; None when there are only whole months."""
        return self.parts[0].formula

    @property
    def prorata_cents(self) -> int:
        """The pro-rata alone, in cents; 0 when there are only whole months."""
        return self.formula.cents if self.formula else 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, oldest use first, the installation fee last (C-15)."""
        fee = (self.installation_fee,) if self.installation_fee else ()
        return _lines(self.parts) + fee

    @property
    def total_cents(self) -> int:
        """The value of the invoice, in cents."""
        return sum(line.cents for line in self.lines)

    @property
    def period(self) -> Period:
        """From the first to the last day the invoice covers."""
        return _covered(self.parts)


def first_due(start: date, due_day: int, least_days: int = 1) -> date:
    """The first due date after the start for a due day: the next such day strictly after it (D-05).

    Strictly, because Postecipado needs one day of use to charge. `least_days` asks for more days between
    both, so that the subscriber has the invoice in time. Raises Refused for a due day outside 1 to 31.
    """
    _refuse_due_day(due_day)
    _refuse_year(start)
    earliest = start + timedelta(days=max(least_days, 1))
    due = _anchored(earliest, 0, due_day)
    return due if due >= earliest else _anchored(earliest, 1, due_day)


def first_invoice(
    composition: Composition,
    start: date,
    due: date,
    kind: Kind,
    base: Base = "30",
    installation_fee_cents: int = 0,
    *,
    due_day: int | None = None,
    installation_fee_name: str = INSTALLATION_FEE,
) -> FirstInvoice:
    """What is charged at the first due date, with the sum that leads to it (D-05, C-15, C-40, C-42).

    Amounts in cents. `due_day` is the service's own due day when a short month moved `due`, else the day of
    `due`. Raises Refused when the dates leave nothing to charge, the due date is not on its day, or the
    composition or fee cannot be charged; ValueError for an unknown kind or base.
    """
    anchor = due.day if due_day is None else due_day
    _refuse_dates(start, due, anchor, kind, base)
    _refuse_amounts(composition, installation_fee_cents)
    months = _whole_months(start, due, anchor)
    prorata = _prorata(composition, start, _anchored(due, -months, anchor), anchor, base)
    until = 0 if kind == "postpaid" else 1
    parts = (*prorata, *_full_months(composition, due, -months, until, anchor))
    fee = _installation_fee(installation_fee_name, installation_fee_cents)
    days = prorata[0].period.days if prorata else 0
    return FirstInvoice(due, kind, base, _fee(composition), months, days, parts, fee)


def schedule(
    composition: Composition,
    start: date,
    first_due: date,
    kind: Kind,
    base: Base = "30",
    count: int = 12,
    *,
    due_day: int | None = None,
    most: int = 60,
) -> tuple[Installment, ...]:
    """The instalments of a carnê: the first with the pro-rata, each other one full month (D-05, C-41, C-42).

    Amounts in cents; no installation fee, which a carnê never carries (C-16). Raises Refused as
    `first_invoice` does, and for a count below 1 or above `most`, the configured maximum.
    """
    _refuse_count(count, most)
    first = first_invoice(composition, start, first_due, kind, base, due_day=due_day)
    anchor = first_due.day if due_day is None else due_day
    begins = -1 if kind == "postpaid" else 0  # the month before the due date, or the one it opens
    return Installment(1, first_due, first.parts), *(
        Installment(
            number=number + 1,
            due=_anchored(first_due, number, anchor),
            parts=tuple(_full_months(composition, first_due, number + begins, number + begins + 1, anchor)),
        )
        for number in range(1, count)
    )


def _fee(composition: Composition) -> int:
    return sum(cents for _, cents in composition)


def _lines(parts: tuple[Part, ...]) -> tuple[Line, ...]:
    return tuple(line for part in parts for line in part.lines)


def _covered(parts: tuple[Part, ...]) -> Period:
    return Period(parts[0].period.from_, parts[-1].period.to)


def _between(start: date, end: date) -> Period:
    return Period(start, end - timedelta(days=1))


def _anchored(day: date, months: int, anchor: int) -> date:
    """The anchor day so many months from the month of `day`; the anchor survives the short months."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(anchor, monthrange(year, month + 1)[1]))


def _whole_months(start: date, due: date, anchor: int) -> int:
    """How many monthly cycles fit between both, counted back from the due date."""
    months = (due.year - start.year) * 12 + due.month - start.month
    return months if _anchored(due, -months, anchor) >= start else months - 1


def _prorata(composition: Composition, start: date, end: date, anchor: int, base: Base) -> tuple[Part, ...]:
    if start == end:
        return ()
    cycle = (end - _anchored(end, -1, anchor)).days
    formula = Formula(_fee(composition), (end - start).days, 30 if base == "30" else cycle)
    period = _between(start, end)
    return (Part(period, formula, tuple(_shares(composition, formula, period))),)


def _shares(composition: Composition, whole: Formula, period: Period) -> Iterator[Line]:
    """Each item rounded by itself, the last one absorbing the difference to the whole (D-05).

    With items of a few cents the difference may exceed the last one; the bounds then make its neighbours
    share it, so that no item is negative or above its own fee.
    """
    left, room = whole.cents, whole.fee_cents
    for name, fee in composition:
        room -= fee  # the most that the items after this one can take
        formula = Formula(fee, whole.days, whole.divisor)
        cents = max(min(formula.cents, left), left - room)
        left -= cents
        yield Line(name, formula, period.from_, period.to, cents)


def _full_months(composition: Composition, due: date, first: int, end: int, anchor: int) -> Iterator[Part]:
    """The cycles from `first` to `end`, in months counted from the due date."""
    edges = (_anchored(due, month, anchor) for month in range(first, end + 1))
    for period in (_between(*pair) for pair in pairwise(edges)):
        lines = (Line(name, None, period.from_, period.to, cents) for name, cents in composition)
        yield Part(period, None, tuple(lines))


def _installation_fee(name: str, cents: int) -> Line | None:
    return Line(name, None, None, None, cents) if cents else None


def _refuse_dates(start: date, due: date, anchor: int, kind: Kind, base: Base) -> None:
    if kind not in ("prepaid", "postpaid") or base not in ("30", "calendar"):
        raise ValueError(f"unknown kind or base: {kind!r}, {base!r}")
    _refuse_due_day(anchor)
    _refuse_year(start, due)
    _refuse_nothing_to_charge(start, due, kind)
    if due != _anchored(due, 0, anchor):
        raise Refused(f"O 1º vencimento deve cair no dia {anchor}, o dia de vencimento do serviço. Mude um dos dois.")


def _refuse_nothing_to_charge(start: date, due: date, kind: Kind) -> None:
    if start > due:
        raise Refused(
            f"O início do uso ({start:%d/%m/%Y}) é depois do 1º vencimento ({due:%d/%m/%Y}). "
            "Informe um vencimento posterior ao início."
        )
    if start == due and kind == "postpaid":
        raise Refused(
            "No Postecipado não há o que cobrar quando o uso começa no próprio 1º vencimento. "
            "Informe um vencimento posterior ao início."
        )


def _refuse_year(*days: date) -> None:
    if any(not OLDEST_YEAR <= day.year <= LATEST_YEAR for day in days):
        raise Refused(f"Confira o ano das datas: informe um ano entre {OLDEST_YEAR} e {LATEST_YEAR}.")


def _refuse_due_day(due_day: int) -> None:
    if not 1 <= due_day <= 31:
        raise Refused("O dia de vencimento vai de 1 a 31. Informe um dia nesse intervalo.")


def _refuse_amounts(composition: Composition, installation_fee_cents: int) -> None:
    if not composition:
        raise Refused("O plano não tem itens de composição. Cadastre ao menos um item no plano.")
    if any(cents < 0 for _, cents in composition):
        raise Refused("A composição tem item com valor negativo. Corrija o valor no cadastro do plano.")
    if installation_fee_cents < 0:
        raise Refused("A taxa de instalação não pode ser negativa. Informe um valor a partir de zero.")


def _refuse_count(count: int, most: int) -> None:
    if not 1 <= count <= most:
        raise Refused(f"Informe de 1 a {most} parcelas.")
