"""Contratos of everybody: customer, plan, loyalty term and when it ends (B-09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from models import clock
from models.base import db
from models.contracts import Contract
from models.desk.customers import named, number
from models.desk.exports import MOST
from models.desk.signs import Sign
from models.keyset import By, Key, Keyset
from models.people import Person
from models.services import Service
from models.wording import counted, day

PAGE = 50
STATES = {"vigor": "Em vigor", "cancelados": "Cancelados"}
STATUS_OF = {"vigor": "active", "cancelados": "cancelled"}
ENDING = {
    "30": "acaba em até 30 dias",
    "60": "acaba em até 60 dias",
    "90": "acaba em até 90 dias",
    "fim": "já acabou",
    "sem": "sem fidelidade",
}
SIGNS = {"active": Sign("Em vigor", "ok"), "cancelled": Sign("Cancelado", "neu", "ban")}
BY_NUMBER = Keyset(By(Contract.id))  # numbers are given one after the other
BY_END = Keyset(By(Contract.ends_on, nullable=True), By(Contract.id))
ORDERS = {"-numero": BY_NUMBER.turned(), "numero": BY_NUMBER, "fim": BY_END, "-fim": BY_END.turned()}
HEADS = {
    "contract.number": "Contrato",
    "customer": "Cliente",
    "plan_name": "Plano",
    "contract.issued_on": "Emitido em",
    "contract.loyalty_months": "Meses de fidelidade",
    "contract.ends_on": "Fidelidade até",
    "situation": "Situação",
}


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list. `ending`: a key of ENDING, counted from the day `on`."""

    on: date
    text: str = ""
    state: str = "vigor"
    plan: int = 0
    ending: str = ""
    sort: str = "-numero"

    def conditions(self) -> list[ColumnElement[bool]]:
        found = named(self.text, lambda word: Contract.number == number(word))
        if self.state:
            found.append(Contract.status == STATUS_OF[self.state])
        if self.plan:
            found.append(Service.plan_id == self.plan)
        if self.ending == "sem":
            found.append(Contract.ends_on.is_(None))
        elif self.ending == "fim":
            found.append(Contract.ends_on < self.on)
        elif self.ending:
            found.append(Contract.ends_on.between(self.on, self.on + timedelta(days=int(self.ending))))
        return found


class Row(NamedTuple):
    contract: Contract
    plan_name: str
    person_id: int
    customer: str

    @property
    def sign(self) -> Sign:
        return SIGNS[self.contract.status]

    @property
    def situation(self) -> str:
        return self.sign.text

    @property
    def term(self) -> str:
        """'12 meses, até 10/10/2027'."""
        ends = self.contract.ends_on
        if ends is None:
            return "sem fidelidade"
        return f"{counted(self.contract.loyalty_months, 'mês', 'meses')}, até {day(ends)}"

    @property
    def left(self) -> str:
        """'faltam 23 dias', of one that ends soon."""
        ends, today = self.contract.ends_on, clock.today()
        if ends is None or self.contract.status != "active" or ends > today + timedelta(days=90):
            return ""
        if ends < today:
            return "já acabou"
        return "acaba hoje" if ends == today else f"em {counted((ends - today).days, 'dia')}"


def find(wanted: Wanted, after: Key | None = None) -> tuple[list[Row], Key | None]:
    """One page, and behind which row the next one begins; one question."""
    found = [Row._make(row) for row in db.session.execute(_listed(wanted, after, PAGE))]
    more = ORDERS[wanted.sort].of(found[PAGE - 1].contract) if len(found) > PAGE else None
    return found[:PAGE], more


def lines(wanted: Wanted) -> Sequence[Row]:
    """All that are asked for, as far as one file goes."""
    return [Row._make(row) for row in db.session.execute(_listed(wanted, None, MOST))]


def how_many(wanted: Wanted) -> int:
    rows = _joined(select(func.count(Contract.id)).select_from(Contract))
    return db.session.scalar(rows.where(*wanted.conditions())) or 0


@lru_cache(100)
def _listed(wanted: Wanted, after: Key | None, size: int) -> Select[*tuple[Any, ...]]:
    rows = _joined(select(Contract, Service.plan_name, Person.id, Person.name))
    return ORDERS[wanted.sort].page(rows.where(*wanted.conditions()), after, size)


def _joined(rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    rows = rows.join(Service, Service.id == Contract.service_id)
    return rows.join(Person, Person.id == Service.person_id)
