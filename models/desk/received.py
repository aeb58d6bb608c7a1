"""Recebido contra vencido: what fell due on each day and what came in on it, of any invoice (B-20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, select

from models.base import db
from models.billing import Invoice, Payment
from models.desk.invoices import is_late, late_by_company
from models.desk.periods import Period, Step
from models.desk.told import Figure, Told, share_words
from models.wording import brl

MEANS = ("pix", "boleto", "counter")


class DayOfMoney(NamedTuple):
    """What fell due and came in on a day, or in several. `late_cents`: of what fell due, what is owed and late today.

    `earlier_cents`: of what came in, what was for invoices that fell due before the period; `extra_cents`: fine and
    interest in it. Invoices that were cancelled never fell due; credit that is used came in before.
    """

    step: Step
    invoices: int
    due_cents: int
    over_cents: int  # of what fell due, that whose day to pay is over
    late_cents: int
    pix_cents: int
    boleto_cents: int
    counter_cents: int
    earlier_cents: int
    extra_cents: int

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def received_cents(self) -> int:
        return self.pix_cents + self.boleto_cents + self.counter_cents

    @property
    def says(self) -> str:
        return f"{self.step.short}: vencia {brl(self.due_cents)}, recebido {brl(self.received_cents)}"


def received(period: Period) -> Sequence[DayOfMoney]:
    """One row a day, week or month, the newest first. Two questions."""
    due, came = period.by_step(_due(period), _day), period.by_step(_came_in(period), _day)
    return [_row(step, due[step], came[step]) for step in reversed(due)]


def _row(step: Step, due: list[Any], came: list[Any]) -> DayOfMoney:
    owed = (
        sum(int(getattr(row, name)) for row in due) for name in ("invoices", "due_cents", "over_cents", "late_cents")
    )
    means = (sum(int(row.amount_cents) for row in came if row.means == one) for one in MEANS)
    rest = (sum(int(getattr(row, name)) for row in came) for name in ("earlier_cents", "extra_cents"))
    return DayOfMoney(step, *owed, *means, *rest)


def _day(row: Any) -> date:
    return row.day_on  # type: ignore[no-any-return]


def _due(period: Period) -> Sequence[Any]:
    late = is_late(late_by_company())
    owed = and_(late, Invoice.status == "open")
    rows = select(
        Invoice.due_on.label("day_on"),
        func.count(Invoice.id).label("invoices"),
        func.sum(Invoice.total_cents).label("due_cents"),
        func.sum(case((late, Invoice.total_cents), else_=0)).label("over_cents"),
        func.sum(case((owed, Invoice.total_cents - Invoice.paid_cents), else_=0)).label("late_cents"),
    )
    rows = rows.where(Invoice.status != "cancelled").group_by(Invoice.due_on)
    return db.session.execute(period.seen(rows, Invoice.due_on, Invoice.company_id)).all()


def _came_in(period: Period) -> Sequence[Any]:
    before = Invoice.due_on < period.start
    rows = select(
        Payment.paid_on.label("day_on"),
        Payment.means,
        func.sum(Payment.amount_cents).label("amount_cents"),
        func.sum(case((before, Payment.amount_cents), else_=0)).label("earlier_cents"),
        func.sum(Payment.fine_cents + Payment.interest_cents).label("extra_cents"),
    )
    rows = rows.outerjoin(Invoice, Invoice.id == Payment.invoice_id)
    rows = rows.where(Payment.is_money()).group_by(Payment.paid_on, Payment.means)
    return db.session.execute(period.seen(rows, Payment.paid_on, Payment.company_id)).all()


def told(period: Period, rows: Sequence[DayOfMoney]) -> Told:
    """The figures above it, and what is to be seen: how much of what had to be paid came in."""
    due, came, late, over, earlier, extra = (
        sum(getattr(row, name) for row in rows)
        for name in ("due_cents", "received_cents", "late_cents", "over_cents", "earlier_cents", "extra_cents")
    )
    figures = [
        Figure("Vencia no período", due),
        Figure("Recebido", came),
        Figure("Do período, em atraso", late, "bad" if late else ""),
        Figure("Em dia", share_words(over - late, over) if over else "nada venceu"),
    ]
    finding = f"De {brl(over)} que já venceram, faltam {brl(late)}" if over else "Nada do período venceu ainda"
    with_extra = f", e no que entrou há {brl(extra)} de multa e juros" if extra else ""
    words = f"Entraram {brl(earlier)} de faturas que venciam antes do período{with_extra}."
    return Told(figures, words, finding)
