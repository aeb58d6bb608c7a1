"""The first invoice of a service: whole months and the pro-rata before its due date (D-05, C-15, C-40, C-42).

Days are counted from the start (inclusive) to the due date (exclusive). The anchor is the day of the month invoices
fall due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.pricing.arithmetic import Composition, DayBase, Formula, Item, Kind, Line, Part, Period, all_lines, covered
from models.pricing.cycle import full_months, prorated
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
    parts = (*prorata, *full_months(composition, due, -months, until, anchor, base))
    fee = _installation_fee(installation_fee_name, installation_fee_cents)
    days = sum(part.period.days for part in prorata)
    return FirstInvoice(due, kind, base, _fee(composition), months, days, parts, fee)


def _fee(composition: Composition) -> int:
    return sum(Item(*each).cents for each in composition)


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
    return prorated(composition, _between(start, end), cycle, base, charged)


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
    if any(Item(*each).cents < 0 for each in composition):
        raise Refused("A composição tem item com valor negativo. Corrija o valor no cadastro do plano.")
    if installation_fee_cents < 0:
        raise Refused("A taxa de instalação não pode ser negativa. Informe um valor a partir de zero.")
