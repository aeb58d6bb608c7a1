"""Relatórios: money by day and method, sales by origin, commissions (C-06, X-15). Named columns, summed in SQL.

A question takes the days it looks at and, for whoever works in TODAS, a company; the scope does the rest. Its rows stay
those of SQLAlchemy, of which there may be thousands; a NamedTuple says the names and types of their columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import Select, case, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from models import clock
from models.base import db
from models.billing import Credit, CreditEntry, Invoice, Payment
from models.billing.commission import Commission
from models.billing.payment import PAID_BY
from models.catalog import BillingMethod
from models.desk.invoices import is_late, late_by_company
from models.operators import Company, Operator
from models.people import Origin, Person
from models.refused import Refused
from models.services import Service

LONGEST = timedelta(days=366)
S = TypeVar("S", bound=Select[*tuple[Any, ...]])


class MoneyRow(NamedTuple):
    day_on: date
    situation: str
    method: str
    times: int
    amount_cents: int
    late_cents: int


class SalesRow(NamedTuple):
    origin: str
    customers: int
    sales: int
    monthly_cents: int


class CommissionRow(NamedTuple):
    seller: str
    month: str
    sales: int
    base_cents: int
    amount_cents: int


class CreditRow(NamedTuple):
    customer: str
    company: str
    since_on: date
    balance_cents: int


@dataclass(frozen=True)
class Period:
    """The days a report looks at, both included, and one company or all that may be seen."""

    start: date
    end: date
    company_id: int | None = None

    @classmethod
    def this_month(cls) -> Period:
        today = clock.today()
        return cls(today.replace(day=1), clock.first_of_next_month(today) - timedelta(days=1))

    @classmethod
    def of(cls, start: date | None, end: date | None, company_id: int | None) -> Period:
        """Raises Refused with the field at fault."""
        errors = {}
        if start is None:
            errors["inicio"] = "Escolha o primeiro dia."
        if end is None:
            errors["fim"] = "Escolha o último dia."
        if start and end and end < start:
            errors["fim"] = "O último dia vem antes do primeiro. Troque um dos dois."
        elif start and end and end - start > LONGEST:
            errors["fim"] = "O relatório olha no máximo um ano. Escolha um período menor."
        if errors or start is None or end is None:
            raise Refused(errors=errors)
        return cls(start, end, company_id)

    def seen(self, rows: S, day: InstrumentedAttribute[date], company: InstrumentedAttribute[int]) -> S:
        """Only the rows of these days, and of the company that was asked for."""
        rows = rows.where(day.between(self.start, self.end))
        return rows if self.company_id is None else rows.where(company == self.company_id)


@dataclass(frozen=True)
class Report:
    """A page and a file: `heads` are its columns, of which some are summed below, apart for each value of `each`."""

    title: str
    about: str
    heads: dict[str, str]
    summed: tuple[str, ...]
    rows: Callable[[Period], Sequence[NamedTuple]]
    each: str = ""
    dated: bool = True  # False: what is so today, whatever the days

    @property
    def columns(self) -> list[dict[str, str | bool]]:
        """The heads of the table; what is summed are numbers."""
        return [{"label": label, "num": key in self.summed} for key, label in self.heads.items()]

    def totals(self, rows: Sequence[NamedTuple]) -> dict[str, dict[str, int]]:
        """The sums by their name: 'Total', or one for each situation."""
        found: dict[str, dict[str, int]] = {}
        for row in rows:
            sums = found.setdefault(getattr(row, self.each) if self.each else "Total", dict.fromkeys(self.summed, 0))
            for key in self.summed:
                sums[key] += getattr(row, key)
        return found


def money(period: Period) -> Sequence[MoneyRow]:
    """By day, situation and method: what falls due and is open, what is overdue, what came in."""
    late = is_late(late_by_company())
    owed = select(
        Invoice.due_on.label("day_on"),
        case((late, "Vencida"), else_="Em aberto").label("situation"),
        BillingMethod.name.label("method"),
        Invoice.id.label("id"),
        (Invoice.total_cents - Invoice.paid_cents).label("cents"),
        literal(0).label("extra"),
    )
    owed = owed.join(BillingMethod, BillingMethod.id == Invoice.billing_method_id).where(Invoice.status == "open")
    received = select(
        Payment.paid_on,
        literal("Recebida"),
        case(PAID_BY, value=Payment.means),
        Payment.id,
        Payment.amount_cents,
        Payment.fine_cents + Payment.interest_cents,
    ).where(Payment.is_money())
    both = union_all(
        period.seen(owed, Invoice.due_on, Invoice.company_id),
        period.seen(received, Payment.paid_on, Payment.company_id),
    ).subquery()
    each = (both.c.day_on, both.c.situation, both.c.method)
    rows = select(
        *each,
        func.count().label("times"),
        func.sum(both.c.cents).label("amount_cents"),
        func.sum(both.c.extra).label("late_cents"),
    )
    return cast("Sequence[MoneyRow]", db.session.execute(rows.group_by(*each).order_by(*each)).all())


def sales(period: Period) -> Sequence[SalesRow]:
    """Services sold, by the origin of their customers (C-06)."""
    rows = (
        select(
            func.coalesce(Origin.name, "Sem origem").label("origin"),
            func.count(Person.id.distinct()).label("customers"),
            func.count(Service.id).label("sales"),
            func.sum(Service.price_cents).label("monthly_cents"),
        )
        .join(Person, Person.id == Service.person_id)
        .outerjoin(Origin, Origin.id == Person.origin_id)
        .group_by(Origin.name)
        .order_by(func.count(Service.id).desc(), Origin.name)
    )
    found = db.session.execute(period.seen(rows, Service.sold_on, Service.company_id)).all()
    return cast("Sequence[SalesRow]", found)


def commissions(period: Period) -> Sequence[CommissionRow]:
    """By seller and month, as they were when each sale was made (X-15)."""
    rows = (
        select(
            Operator.name.label("seller"),
            Commission.month,
            func.count(Commission.id).label("sales"),
            func.sum(Commission.base_cents).label("base_cents"),
            func.sum(Commission.amount_cents).label("amount_cents"),
        )
        .join(Operator, Operator.id == Commission.seller_id)
        .join(Service, Service.id == Commission.service_id)
        .group_by(Operator.name, Operator.id, Commission.month)
        .order_by(Commission.month, Operator.name)
    )
    found = db.session.execute(period.seen(rows, Service.sold_on, Commission.company_id)).all()
    return cast("Sequence[CommissionRow]", found)


def open_credits(period: Period) -> Sequence[CreditRow]:
    """What customers have to their credit now, and since when money came in for it; the most first."""
    since = select(func.min(CreditEntry.happened_on)).where(CreditEntry.credit_id == Credit.id)
    rows = (
        select(
            Person.name.label("customer"),
            Company.name.label("company"),
            since.scalar_subquery().label("since_on"),
            Credit.balance_cents,
        )
        .join(Person, Person.id == Credit.person_id)
        .join(Company, Company.id == Credit.company_id)
        .where(Credit.balance_cents > 0)
        .order_by(Credit.balance_cents.desc(), Person.name)
    )
    if period.company_id is not None:
        rows = rows.where(Credit.company_id == period.company_id)
    return cast("Sequence[CreditRow]", db.session.execute(rows).all())


def companies() -> list[tuple[int, str]]:
    """What somebody who sees all of them may choose from."""
    return [(row.id, row.name) for row in db.session.execute(select(Company.id, Company.name).order_by(Company.id))]


REPORTS = {
    "dinheiro": Report(
        "Em aberto, vencidas e recebidas",
        "Por dia e forma. As em aberto e vencidas contam pelo vencimento, as recebidas pelo dia do pagamento.",
        {
            "day_on": "Dia",
            "situation": "Situação",
            "method": "Forma",
            "times": "Quantas",
            "amount_cents": "Valor",
            "late_cents": "Multa e juros",
        },
        ("times", "amount_cents", "late_cents"),
        money,
        each="situation",
    ),
    "vendas": Report(
        "Vendas por origem",
        "Serviços vendidos no período, pela origem do cliente.",
        {
            "origin": "Origem",
            "customers": "Clientes",
            "sales": "Vendas",
            "monthly_cents": "Por mês",
        },
        ("customers", "sales", "monthly_cents"),
        sales,
    ),
    "comissoes": Report(
        "Comissões",
        "Por vendedor e mês da venda. Vale a comissão que a empresa tinha no dia da venda.",
        {
            "seller": "Vendedor",
            "month": "Mês",
            "sales": "Vendas",
            "base_cents": "Mensalidades vendidas",
            "amount_cents": "Comissão",
        },
        ("sales", "base_cents", "amount_cents"),
        commissions,
    ),
    "creditos": Report(
        "Créditos de clientes",
        "Quem tem crédito hoje, quanto, e desde quando há movimento.",
        {"customer": "Cliente", "company": "Empresa", "since_on": "Desde", "balance_cents": "Crédito"},
        ("balance_cents",),
        open_credits,
        dated=False,
    ),
}
