"""Relatórios: pictures of money, debts, sales and cuts (B-20), money by day, commissions (C-06, X-15), credits.

A question takes the days it looks at and, for whoever works in TODAS, a company; the scope does the rest. Its rows stay
those of SQLAlchemy, of which there may be thousands; a NamedTuple says the names and types of their columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, cast

from sqlalchemy import case, func, literal, select, union_all

from models.banking.rounding import half_up
from models.base import db
from models.billing import Credit, CreditEntry, Invoice, Payment
from models.billing.commission import Commission
from models.billing.payment import PAID_BY
from models.catalog import BillingMethod
from models.desk import cuts, debt_ages, received
from models.desk.invoices import is_late, late_by_company
from models.desk.periods import Period
from models.desk.told import Figure, Told
from models.operators import Company, Operator
from models.people import Origin, Person
from models.services import Service
from models.wording import brl, counted


class MoneyRow(NamedTuple):
    day_on: date
    situation: str
    method: str
    times: int
    amount_cents: int
    late_cents: int


class SalesRow(NamedTuple):
    """Services sold, by one origin or one seller."""

    by: str
    name: str
    customers: int
    sales: int
    monthly_cents: int

    @property
    def average_cents(self) -> int:
        """Of one sale, in a month."""
        return half_up(self.monthly_cents, self.sales)


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
class Picture:
    """How the rows of a report are drawn, the newest first in the table and last in the picture: two of their figures,
    each with its words; `place` says where the second one stands (web/charts.py).
    """

    first: str
    second: str
    series: tuple[str, str]
    place: Literal["inside", "below"]
    unit: Literal["", "cents"] = ""


@dataclass(frozen=True)
class Report:
    """A page and a file: `heads` are its columns, of which some are summed below, apart for each value of `each`.

    `tables`: each value of `each` has a table of its own. `bar`: the column whose figures are drawn as bars, too.
    """

    title: str
    about: str
    heads: dict[str, str]
    summed: tuple[str, ...]
    rows: Callable[[Period], Sequence[NamedTuple]]
    each: str = ""
    dated: bool = True  # False: what is so today, whatever the days
    tables: bool = False
    bar: str = ""
    picture: Picture | None = None
    told: Callable[[Period, Sequence[Any]], Told] | None = None
    counted: tuple[str, ...] = ()  # numbers that are not summed
    none: tuple[str, str] = ("Nada neste período", "Escolha outros dias, ou confira se o que aconteceu já foi lançado.")

    def is_number(self, key: str) -> bool:
        return key in (*self.summed, *self.counted) or key.endswith("_cents")

    @property
    def shown(self) -> dict[str, str]:
        """The columns of a table; in the file stands, too, which table a row is of."""
        return {key: label for key, label in self.heads.items() if not (self.tables and key == self.each)}

    def parts(self, rows: Sequence[NamedTuple]) -> dict[str, list[NamedTuple]]:
        """The rows of each table by its name."""
        found: dict[str, list[NamedTuple]] = {}
        for row in rows:
            found.setdefault(getattr(row, self.each) if self.tables else "", []).append(row)
        return found

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
    """Services sold, by the origin of their customers (C-06) and by seller, the most first."""
    origin, seller = (
        select(
            literal(by).label("by"),
            name.label("name"),
            func.count(Person.id.distinct()).label("customers"),
            func.count(Service.id).label("sales"),
            func.sum(Service.price_cents).label("monthly_cents"),
        )
        .join(Person, Person.id == Service.person_id)
        .outerjoin(Origin, Origin.id == Person.origin_id)
        .join(Operator, Operator.id == Service.seller_id)
        .group_by(*same)
        for by, name, same in (
            ("Origem", func.coalesce(Origin.name, "Sem origem"), [Origin.name]),
            ("Vendedor", Operator.name, [Operator.id, Operator.name]),
        )
    )
    both = union_all(
        period.seen(origin, Service.sold_on, Service.company_id),
        period.seen(seller, Service.sold_on, Service.company_id),
    ).subquery()
    rows = select(both).order_by(both.c.by, both.c.sales.desc(), both.c.name)
    return [
        SalesRow(row.by, row.name, row.customers, row.sales, int(row.monthly_cents)) for row in db.session.execute(rows)
    ]


def told_of_sales(period: Period, rows: Sequence[SalesRow]) -> Told:
    """The figures above it, and which origin sells most."""
    origins = [row for row in rows if row.by == "Origem"]
    if not origins:
        return Told()
    count, monthly = sum(row.sales for row in origins), sum(row.monthly_cents for row in origins)
    figures = [
        Figure("Vendas", str(count)),
        Figure("Por mês", monthly),
        Figure("Valor médio", half_up(monthly, count)),
    ]
    first = origins[0]
    return Told(
        figures, f"{first.name}: {first.sales} de {counted(count, 'venda')}, {brl(first.monthly_cents)} por mês."
    )


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
    rows = period.of_company(rows, Credit.company_id)
    return cast("Sequence[CreditRow]", db.session.execute(rows).all())


def companies() -> list[tuple[int, str]]:
    """What somebody who sees all of them may choose from."""
    return [(row.id, row.name) for row in db.session.execute(select(Company.id, Company.name).order_by(Company.id))]


REPORTS = {
    "recebido": Report(
        "Recebido contra vencido",
        "O que vencia em cada dia e o que entrou naquele dia, de qualquer fatura.",
        {
            "name": "Dia",
            "invoices": "Faturas",
            "due_cents": "Vencia",
            "pix_cents": "Pix",
            "boleto_cents": "Boleto",
            "counter_cents": "Balcão",
            "received_cents": "Recebido no dia",
            "late_cents": "Do que vencia, em atraso",
        },
        ("invoices", "due_cents", "pix_cents", "boleto_cents", "counter_cents", "received_cents", "late_cents"),
        received.received,
        picture=Picture("received_cents", "due_cents", ("recebido no dia", "vencia"), "inside", "cents"),
        told=received.told,
    ),
    "atraso": Report(
        "Débitos por idade",
        "O que não foi pago, e há quanto tempo, pelo vencimento de cada fatura.",
        {
            "name": "Idade",
            "amount_cents": "Valor",
            "invoices": "Faturas",
            "customers": "Clientes",
            "share": "Do total",
        },
        ("amount_cents", "invoices"),
        debt_ages.ages,
        dated=False,
        counted=("customers", "share"),
        none=("Ninguém deve nada vencido", "O que vence e não é pago aparece aqui no dia útil seguinte."),
        bar="amount_cents",
        told=debt_ages.told,
    ),
    "cortes": Report(
        "Cortados e liberados",
        "Serviços cortados por débito em cada dia, e os que voltaram. Em confiança ainda se deve: conta à parte.",
        {
            "name": "Dia",
            "suspended": "Suspensos",
            "reduced": "Reduzidos",
            "returned": "Voltaram",
            "trusted": "Em confiança",
        },
        ("suspended", "reduced", "returned", "trusted"),
        cuts.cuts,
        picture=Picture("cut", "released", ("cortados, para cima", "liberados, para baixo"), "below"),
        told=cuts.told,
    ),
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
        "Vendas por origem e vendedor",
        "Serviços vendidos no período, pela origem do cliente e por quem vendeu.",
        {
            "by": "Por",
            "name": "Nome",
            "customers": "Clientes",
            "sales": "Vendas",
            "monthly_cents": "Por mês",
            "average_cents": "Valor médio",
        },
        ("customers", "sales", "monthly_cents"),
        sales,
        each="by",
        tables=True,
        bar="sales",
        told=told_of_sales,
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
        none=("Ninguém tem crédito", "O que um cliente paga a mais aparece aqui sozinho."),
    ),
}
