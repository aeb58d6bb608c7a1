"""The first invoice of a service: whole months and the pro-rata before its due date (D-05, C-15, C-40, C-42).

Days are counted from the start (inclusive) to the due date (exclusive). The anchor is the day of the month invoices
fall due.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from models.pricing.arithmetic import Composition, DayBase, Formula, Kind, Line, Part, Period, all_lines, covered
from models.pricing.due_dates import anchored, refuse_due_day, refuse_year
from models.refused import Refused

INSTALLATION_FEE = "Taxa de instalação"


@dataclass(frozen=True)
class FirstInvoice:
    """The first invoice of a service: `months` whole months and `days` of pro-rata before the due date."""

    due: date
    kind: Kind
    base: DayBase
    fee_cents: int
    months: int
    days: int
    parts: tuple[Part, ...]
    installation_fee: Line | None = None
    payable_on: date | None = None  # when it has to be paid, the days in hand included; None: on `due`

    @property
    def due_on(self) -> date:
        """The due date that the invoice says."""
        return self.payable_on or self.due

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
        return all_lines(self.parts) + fee

    @property
    def total_cents(self) -> int:
        """The value of the invoice, in cents."""
        return sum(line.cents for line in self.lines)

    @property
    def period(self) -> Period:
        """From the first to the last day the invoice covers."""
        return covered(self.parts)


def first_invoice(
    composition: Composition,
    start: date,
    due: date,
    kind: Kind,
    base: DayBase = "30",
    installation_fee_cents: int = 0,
    *,
    due_day: int | None = None,
    installation_fee_name: str = INSTALLATION_FEE,
    charged: Sequence[Period] = (),
) -> FirstInvoice:
    """What is charged at the first due date, with the sum that leads to it (D-05, C-15, C-40, C-42).

    Amounts in cents. `due_day` is the service's own due day when a short month moved `due`, else the day of
    `due`. `charged` are days charged before, as in `prorated`. Raises Refused when the dates leave nothing to charge,
    the due date is not on its day, or the composition or fee cannot be charged; ValueError for an unknown kind or base.
    """
    anchor = due.day if due_day is None else due_day
    _refuse_dates(start, due, anchor, kind, base)
    _refuse_amounts(composition, installation_fee_cents)
    months = _whole_months(start, due, anchor)
    prorata = _prorata(composition, start, anchored(due, -months, anchor), anchor, base, charged)
    until = 0 if kind == "postpaid" else 1
    parts = (*prorata, *full_months(composition, due, -months, until, anchor))
    fee = _installation_fee(installation_fee_name, installation_fee_cents)
    days = prorata[0].period.days if prorata else 0
    return FirstInvoice(due, kind, base, _fee(composition), months, days, parts, fee)


def _fee(composition: Composition) -> int:
    return sum(cents for _, cents in composition)


def _between(start: date, end: date) -> Period:
    return Period(start, end - timedelta(days=1))


def _whole_months(start: date, due: date, anchor: int) -> int:
    """How many monthly cycles fit between both, counted back from the due date."""
    months = (due.year - start.year) * 12 + due.month - start.month
    return months if anchored(due, -months, anchor) >= start else months - 1


def _prorata(
    composition: Composition, start: date, end: date, anchor: int, base: DayBase, charged: Sequence[Period]
) -> tuple[Part, ...]:
    if start == end:
        return ()
    cycle = _between(anchored(end, -1, anchor), end)
    return (prorated(composition, _between(start, end), cycle, base, charged),)


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


def full_months(composition: Composition, due: date, first: int, end: int, anchor: int) -> Iterator[Part]:
    """The cycles from `first` to `end`, in months counted from the due date."""
    edges = (anchored(due, month, anchor) for month in range(first, end + 1))
    for period in (_between(*pair) for pair in pairwise(edges)):
        lines = (Line(name, None, period.from_, period.to, cents) for name, cents in composition)
        yield Part(period, None, tuple(lines))


def prorated(
    composition: Composition, period: Period, cycle: Period, base: DayBase, charged: Sequence[Period] = ()
) -> Part:
    """Some days of a cycle: the full month when they are all of it, else in proportion (D-05).

    `charged` are stretches charged before; those of this cycle cost no more than its fee together, and the last one
    takes the rest. What they cost is reckoned at the fee of now, so a new price is not caught up with.
    """
    if period == cycle:
        return Part(period, None, tuple(Line(name, None, period.from_, period.to, fee) for name, fee in composition))
    fee, divisor = _fee(composition), 30 if base == "30" else cycle.days
    formula = Formula(fee, period.days, divisor)
    pieces = [piece.days for piece in charged if cycle.from_ <= piece.from_ and piece.to <= cycle.to]
    left = max(fee - sum(Formula(fee, days, divisor).cents for days in pieces), 0)
    is_last = bool(pieces) and sum(pieces) + period.days == cycle.days
    cents = left if is_last else min(formula.cents, left)
    if cents == formula.cents:
        return Part(period, formula, tuple(_shares(composition, formula, period)))
    shares = _shares(composition, Formula(fee, cents, fee), period)
    return Part(period, None, tuple(replace(line, formula=None) for line in shares), rest=True)


def _installation_fee(name: str, cents: int) -> Line | None:
    return Line(name, None, None, None, cents) if cents else None


def _refuse_dates(start: date, due: date, anchor: int, kind: Kind, base: DayBase) -> None:
    if kind not in ("prepaid", "postpaid") or base not in ("30", "calendar"):
        raise ValueError(f"unknown kind or base: {kind!r}, {base!r}")
    refuse_due_day(anchor)
    refuse_year(start, due)
    _refuse_nothing_to_charge(start, due, kind)
    if due != anchored(due, 0, anchor):
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


def _refuse_amounts(composition: Composition, installation_fee_cents: int) -> None:
    if not composition:
        raise Refused("O plano não tem itens de composição. Cadastre ao menos um item no plano.")
    if any(cents < 0 for _, cents in composition):
        raise Refused("A composição tem item com valor negativo. Corrija o valor no cadastro do plano.")
    if installation_fee_cents < 0:
        raise Refused("A taxa de instalação não pode ser negativa. Informe um valor a partir de zero.")
