"""Cobranças of everybody: what is charged once, alone or on an invoice, with its state (B-09, C-50)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal, select

from models import clock
from models.base import db
from models.billing import Charge, Invoice
from models.desk.customers import named
from models.desk.exports import MOST
from models.desk.invoices import Days
from models.desk.signs import LATE, MONEY_SIGNS, Sign
from models.keyset import By, Key, Keyset
from models.operators import Company
from models.people import Person
from models.services import Service

PAGE = 50
SHOWN = {"open": "Em aberto", "overdue": "Vencidas", "paid": "Pagas", "cancelled": "Canceladas", "all": "Todas"}
PLACES = {"avulsa": "Avulsas", "fatura": "Em fatura"}
BY_DUE = Keyset(By(Charge.due_on), By(Charge.id))
BY_AMOUNT = Keyset(By(Charge.amount_cents), By(Charge.id))
ORDERS = {"vencimento": BY_DUE, "-vencimento": BY_DUE.turned(), "valor": BY_AMOUNT, "-valor": BY_AMOUNT.turned()}
HEADS = {
    "charge.description": "Cobrança",
    "plan_name": "Serviço",
    "customer": "Cliente",
    "number": "Fatura",
    "charge.due_on": "Vencimento",
    "situation": "Situação",
    "charge.amount_cents": "Valor",
    "charge.discount_cents": "Desconto",
}


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list; monthly fees are no charges of their own, they stand on their invoices."""

    days: Days
    text: str = ""
    shown: str = "open"
    place: str = ""
    sort: str = "vencimento"

    def conditions(self) -> list[ColumnElement[bool]]:
        found = [Charge.kind != "monthly", *named(self.text)]
        if self.shown == "overdue":
            found += [Charge.status == "open", self._late()]
        elif self.shown != "all":
            found.append(Charge.status == self.shown)
        if self.place:
            found.append(Charge.invoice_id.is_(None) if self.place == "avulsa" else Charge.invoice_id.is_not(None))
        return found

    def _late(self) -> ColumnElement[bool]:
        days = {day for _, day in self.days}
        if len(days) == 1:
            return Charge.due_on < days.pop()
        return Charge.due_on < case({id: literal(day) for id, day in self.days}, value=Charge.company_id)


class Row(NamedTuple):
    charge: Charge
    plan_name: str
    customer: str
    number: int | None
    zone: str

    @property
    def sign(self) -> Sign:
        late = self.charge.status == "open" and self.charge.due_on < clock.today(self.zone)
        return LATE if late else MONEY_SIGNS[self.charge.status]

    @property
    def situation(self) -> str:
        return self.sign.text

    @property
    def cents(self) -> int:
        return self.charge.amount_cents - self.charge.discount_cents


def find(wanted: Wanted, after: Key | None = None) -> tuple[list[Row], Key | None]:
    """One page, and behind which row the next one begins; one question."""
    found = [Row._make(row) for row in db.session.execute(_listed(wanted, after, PAGE))]
    more = ORDERS[wanted.sort].of(found[PAGE - 1].charge) if len(found) > PAGE else None
    return found[:PAGE], more


def lines(wanted: Wanted) -> Sequence[Row]:
    """All that are asked for, as far as one file goes."""
    return [Row._make(row) for row in db.session.execute(_listed(wanted, None, MOST))]


def totals(wanted: Wanted) -> tuple[int, int]:
    """How many, and what they sum to without their discounts."""
    cents = func.coalesce(func.sum(Charge.amount_cents - Charge.discount_cents), 0)
    rows = select(func.count(Charge.id), cents).join(Person, Person.id == Charge.person_id)
    count, total = db.session.execute(rows.where(*wanted.conditions())).one()
    return count, int(total)


@lru_cache(100)
def _listed(wanted: Wanted, after: Key | None, size: int) -> Select[*tuple[Any, ...]]:
    rows = select(Charge, Service.plan_name, Person.name, Invoice.number, Company.zone)
    rows = rows.join(Service, Service.id == Charge.service_id).join(Person, Person.id == Charge.person_id)
    rows = rows.join(Company, Company.id == Charge.company_id).outerjoin(Invoice, Invoice.id == Charge.invoice_id)
    return ORDERS[wanted.sort].page(rows.where(*wanted.conditions()), after, size)
