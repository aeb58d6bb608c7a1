"""Carnês, orders, cards and connections in the palette: by number, or by their word beside a customer (B-16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select, true

from models.billing import Carne
from models.billing.carne import CARNE_STATUSES
from models.boards import BoardColumn, Card
from models.desk.customers import words
from models.desk.search import Group, Ways, found_by, numbered
from models.network import Connection
from models.people import Person
from models.services import Service
from models.wording import counted, day, moment
from models.work_orders import ORDER_STATUSES, WorkOrder


class FoundCarne(NamedTuple):
    id: int
    status: str
    installments: int
    first_due_on: date
    name: str  # of the customer

    @property
    def about(self) -> str:
        parts = counted(self.installments, "parcela")
        return f"{self.name} · {parts} desde {day(self.first_due_on)} · {CARNE_STATUSES[self.status].lower()}"


class FoundOrder(NamedTuple):
    id: int
    number: int
    person_id: int
    status: str
    starts_at: datetime | None
    name: str

    @property
    def about(self) -> str:
        when = f", {moment(self.starts_at)}" if self.starts_at else ""
        return f"{self.name} · {ORDER_STATUSES[self.status].lower()}{when}"


class FoundCard(NamedTuple):
    id: int
    column: str
    name: str


class FoundConnection(NamedTuple):
    id: int
    login: str
    plan_name: str
    name: str

    @property
    def about(self) -> str:
        return f"{self.login} · {self.name} · {self.plan_name}"


@dataclass(frozen=True)
class Numbers:
    carnes: Group[FoundCarne] = field(default_factory=Group)
    orders: Group[FoundOrder] = field(default_factory=Group)
    cards: Group[FoundCard] = field(default_factory=Group)
    connections: Group[FoundConnection] = field(default_factory=Group)


def find_numbers(typed: str, may: Callable[[str], bool]) -> Numbers:
    """What of these has every word typed, in at most four queries; none when no word is a number or names them."""
    asked = [word for word in words(typed) if any(char.isalnum() for char in word)]
    if not asked or not may("people.read"):
        return Numbers()
    return Numbers(
        carnes=_carnes(asked) if may("billing.read") else Group(),
        orders=_orders(asked),
        cards=_cards(asked) if may("telephony.read") else Group(),
        connections=_connections(asked) if may("network.read") else Group(),
    )


def _carnes(asked: list[str]) -> Group[FoundCarne]:
    """'carnê rita' finds hers, '12' the one of that number."""
    rows = select(Carne.id, Carne.status, Carne.installments, Carne.first_due_on, Person.name)

    def own(word: str) -> Ways:
        return [true()] if word in ("carne", "carnes") else numbered(Carne.id, word)

    return found_by(FoundCarne._make, rows.join(Person, Person.id == Carne.person_id), Carne.id, asked, own)


def _orders(asked: list[str]) -> Group[FoundOrder]:
    """'os rita', 'ordem 1187'."""
    own_columns = (WorkOrder.id, WorkOrder.number, WorkOrder.person_id, WorkOrder.status, WorkOrder.starts_at)
    rows = select(*own_columns, Person.name)

    def own(word: str) -> Ways:
        return [true()] if word in ("os", "ordem", "ordens") else numbered(WorkOrder.number, word)

    return found_by(FoundOrder._make, rows.join(Person, Person.id == WorkOrder.person_id), WorkOrder.id, asked, own)


def _cards(asked: list[str]) -> Group[FoundCard]:
    """'card sol'."""
    rows = select(Card.id, BoardColumn.name, Person.name).join(BoardColumn, BoardColumn.id == Card.board_column_id)

    def own(word: str) -> Ways:
        return [true()] if word in ("card", "cards") else numbered(Card.id, word)

    return found_by(FoundCard._make, rows.join(Person, Person.id == Card.person_id), Card.id, asked, own)


def _connections(asked: list[str]) -> Group[FoundConnection]:
    """By login, of which the beginning is enough once it has its dot; 'conexão rita' finds hers."""
    rows = select(Connection.id, Connection.login, Service.plan_name, Person.name)
    rows = rows.join(Service, Service.id == Connection.service_id).join(Person, Person.id == Service.person_id)

    def own(word: str) -> Ways:
        if word in ("conexao", "conexoes"):
            return [true()]
        if "." in word:
            return [Connection.login.startswith(word, autoescape=True)]
        return numbered(Connection.id, word) or ([Connection.login == word] if word.isalnum() else [])

    return found_by(FoundConnection._make, rows, Connection.id, asked, own)
