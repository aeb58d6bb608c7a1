"""Carnês of everybody: whose, how much is paid of each, and what falls due next (B-09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from models.base import db
from models.billing import CARNE_STATUSES, Carne
from models.desk.carnes import CarneRow, carne_rows
from models.desk.customers import named, number
from models.desk.exports import MOST
from models.keyset import By, Key, Keyset
from models.people import Person

PAGE = 50
BY_NUMBER = Keyset(By(Carne.id))
ORDERS = {"-numero": BY_NUMBER.turned(), "numero": BY_NUMBER}
HEADS = {
    "row.carne.id": "Carnê",
    "customer": "Cliente",
    "row.plan_name": "Serviço",
    "row.invoices": "Parcelas",
    "row.paid": "Pagas",
    "row.next_due_on": "Próximo vencimento",
    "row.payable_cents": "Em aberto",
    "row.sign.text": "Situação",
}


@dataclass(frozen=True)
class Wanted:
    text: str = ""
    state: str = "open"
    sort: str = "-numero"

    def conditions(self) -> list[ColumnElement[bool]]:
        found = named(self.text, lambda word: Carne.id == number(word))
        return [*found, Carne.status == self.state] if self.state in CARNE_STATUSES else found


class Listed(NamedTuple):
    row: CarneRow
    customer: str


def find(wanted: Wanted, after: Key | None = None) -> tuple[list[Listed], Key | None]:
    """One page, and behind which row the next one begins; one question."""
    found = _read(_listed(wanted, after, PAGE))
    more = (found[PAGE - 1].row.carne.id,) if len(found) > PAGE else None
    return found[:PAGE], more


def lines(wanted: Wanted) -> Sequence[Listed]:
    """All that are asked for, as far as one file goes."""
    return _read(_listed(wanted, None, MOST))


def how_many(wanted: Wanted) -> int:
    rows = select(func.count(Carne.id)).join(Person, Person.id == Carne.person_id)
    return db.session.scalar(rows.where(*wanted.conditions())) or 0


def _read(rows: Select[*tuple[Any, ...]]) -> list[Listed]:
    return [Listed(CarneRow._make(row[:-1]), row[-1]) for row in db.session.execute(rows)]


@lru_cache(100)
def _listed(wanted: Wanted, after: Key | None, size: int) -> Select[*tuple[Any, ...]]:
    """Its carnês are picked first; their instalments are counted for those of the page."""
    order = ORDERS[wanted.sort]
    picked = select(Carne.id).join(Person, Person.id == Carne.person_id).where(*wanted.conditions())
    ids = order.page(picked, after, size).subquery()
    rows = carne_rows().add_columns(Person.name).join(Person, Person.id == Carne.person_id)
    return order.page(rows.where(Carne.id.in_(select(ids.c.id))).group_by(Person.id), None)
