"""The search palette: customers, services, contracts and addresses in one question (X-09)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from models.base import db
from models.billing import INVOICE_STATUSES, Invoice
from models.contracts import Contract
from models.desk import customers
from models.desk.customers import ListedCustomer, ListedService, need, number, words
from models.desk.signs import Sign, service_sign, trust_ends
from models.desk.ticket_signs import Clock
from models.people import Address, Person
from models.services import Service
from models.tickets import OPEN, Ticket
from models.tickets import STATUSES as TICKET_STATUSES
from models.wording import brl, day
from models.workflows import ProcessStep

PROTOCOL = re.compile(r"20\d{4}\.\d{0,9}", re.ASCII)  # 202611.483, or its beginning
MOST = 5  # rows of a group: who needs more writes one more word
Ways: TypeAlias = list[ColumnElement[bool]]
SIGN = "[-.,;:/'&()+ºª°]"  # one sign stands for another: 'd agua' finds 'd'água'
_ACCENTS = {"a": "áàâãä", "c": "ç", "e": "éèêë", "i": "íìîï", "n": "ñ", "o": "óòôõö", "u": "úùûü"}


R = TypeVar("R")


class FoundCustomer(NamedTuple):
    person: ListedCustomer
    service: ListedService | None  # the one that matters first


class FoundService(NamedTuple):
    id: int
    plan_name: str
    status: str
    technology: str
    trust_until: datetime | None
    name: str  # of the customer

    @property
    def sign(self) -> Sign:
        return service_sign(self.status, self.trust_until)


class FoundContract(NamedTuple):
    id: int
    number: int
    status: str
    plan_name: str
    name: str  # of the customer

    @property
    def about(self) -> str:
        return f"{self.name} · {self.plan_name}" + (" · cancelado" if self.status == "cancelled" else "")


class FoundInvoice(NamedTuple):
    invoice: Invoice
    name: str  # of the customer

    @property
    def about(self) -> str:
        status = INVOICE_STATUSES[self.invoice.status].lower()
        return f"{self.name} · {brl(self.invoice.total_cents)}, vence em {day(self.invoice.due_on)} · {status}"


class FoundTicket(NamedTuple):
    ticket: Ticket
    name: str  # of the customer
    step: str | None

    @property
    def title(self) -> str:
        return " · ".join(filter(None, (self.ticket.protocol, self.ticket.subject)))

    @property
    def about(self) -> str:
        where = (TICKET_STATUSES[self.ticket.status], self.step) if self.ticket.status in OPEN else ()
        return " · ".join(filter(None, (self.name, *where)))

    @property
    def sign(self) -> Sign:
        """The time left while it runs, or how it ended."""
        if self.ticket.status not in OPEN:
            return Sign(TICKET_STATUSES[self.ticket.status], "ok" if self.ticket.is_closed else "neu")
        clock = Clock.of(self.ticket)
        return Sign(f"{clock.left} · pausado" if clock.paused else clock.left, clock.tone)


class FoundAddress(NamedTuple):
    address: Address
    name: str  # of the customer


@dataclass(frozen=True)
class Group(Generic[R]):
    rows: Sequence[R] = ()
    more: bool = False


@dataclass(frozen=True)
class Answers:
    people: Group[FoundCustomer] = Group()
    services: Group[FoundService] = Group()
    contracts: Group[FoundContract] = Group()
    invoices: Group[FoundInvoice] = Group()
    addresses: Group[FoundAddress] = Group()
    tickets: Group[FoundTicket] = Group()


def find(typed: str, may: Callable[[str], bool]) -> Answers:
    """What of the acting company has every word typed, in at most seven queries."""
    asked = [word for word in words(typed) if any(char.isalnum() for char in word)]
    if not asked or not may("people.read"):
        return Answers()
    if PROTOCOL.fullmatch(typed.strip()) and may("tickets.read"):
        return Answers(tickets=_tickets(typed.strip()))
    return Answers(
        people=_people(typed, by_part=may("people.read_cpf")),
        services=_services(asked),
        contracts=_contracts(asked) if may("contracts.read") else Group(),
        invoices=_invoices(asked) if may("billing.read") else Group(),
        addresses=_addresses(asked),
    )


def _tickets(protocol: str) -> Group[FoundTicket]:
    """By protocol or its beginning, the exact one first; nothing else is written like it."""
    rows = select(Ticket, Person.name, ProcessStep.name).join(Person, Person.id == Ticket.person_id)
    rows = rows.outerjoin(ProcessStep, ProcessStep.id == Ticket.step_id)
    rows = rows.where(Ticket.protocol.startswith(protocol, autoescape=True)).order_by(Ticket.protocol, Ticket.id)
    found = [FoundTicket._make(row) for row in db.session.execute(rows.limit(MOST + 1))]
    return Group(found[:MOST], len(found) > MOST)


def pattern(word: str) -> str:
    """The word in either case and with any accents: classes of letters that SQLite, PostgreSQL and `re` read alike."""
    return "".join(_either(char) for char in word)


def _either(char: str) -> str:
    if not char.isalnum():
        return SIGN
    forms = char + _ACCENTS.get(char, "")
    return f"[{forms}{forms.upper()}]" if char.isalpha() else char


def _people(typed: str, by_part: bool) -> Group[FoundCustomer]:
    found = customers.find(typed, size=MOST, by_part=by_part)
    rows = [FoundCustomer(row, _most_pressing(found.services.get(row.id, []))) for row in found.people]
    return Group(rows, found.more)


def _most_pressing(services: list[ListedService]) -> ListedService | None:
    return min(services, key=need, default=None)


def _services(asked: list[str]) -> Group[FoundService]:
    """By number, or by plan with the customer."""
    about = (Service.id, Service.plan_name, Service.status, Service.technology)
    rows = select(*about, trust_ends(), Person.name).join(Person, Person.id == Service.person_id)
    names = list(db.session.scalars(select(Service.plan_name).distinct()))  # thousands of services, a few names

    def own(word: str) -> Ways:
        plans = [name for name in names if re.search(pattern(word), name)]
        return numbered(Service.id, word) + ([Service.plan_name.in_(plans)] if plans else [])

    return found_by(FoundService._make, rows, Service.id, asked, own)


def _contracts(asked: list[str]) -> Group[FoundContract]:
    """By number; 'contrato rita' finds hers."""
    rows = (
        select(Contract.id, Contract.number, Contract.status, Service.plan_name, Person.name)
        .join(Service, Service.id == Contract.service_id)
        .join(Person, Person.id == Service.person_id)
    )

    def own(word: str) -> Ways:
        return [true()] if word in ("contrato", "contratos") else numbered(Contract.number, word)

    return found_by(FoundContract._make, rows, Contract.id, asked, own)


def _invoices(asked: list[str]) -> Group[FoundInvoice]:
    """By number; 'fatura rita' finds hers."""
    rows = select(Invoice, Person.name).join(Person, Person.id == Invoice.person_id)

    def own(word: str) -> Ways:
        return [true()] if word in ("fatura", "faturas") else numbered(Invoice.number, word)

    return found_by(FoundInvoice._make, rows, Invoice.id, asked, own)


def _addresses(asked: list[str]) -> Group[FoundAddress]:
    """By street, district, CEP or the beginning of one; the number of the house only beside other words."""
    rows = select(Address, Person.name).join(Person, Person.id == Address.person_id)

    def own(word: str) -> Ways:
        ways = [_has(Address.street, word), _has(Address.district, word)]
        if word.isdecimal() and len(word) >= 5:
            ways.append(Address.cep.startswith(word))
        return [*ways, Address.number.startswith(word, autoescape=True)] if len(asked) > 1 else ways

    return found_by(FoundAddress._make, rows, Address.id, asked, own)


def found_by(
    make: Callable[[Sequence[Any]], R],
    rows: Select[*tuple[Any, ...]],
    id: InstrumentedAttribute[int],
    asked: list[str],
    own: Callable[[str], Ways],
) -> Group[R]:
    """Rows with every word in themselves or in the customer's name, and at least one in themselves."""
    ways = [own(word) for word in asked]
    if not any(ways):
        return Group()
    # Found in their own table first: a join for each of 20,000 rows would take three times as long.
    rows = rows.where(id.in_(select(id).where(or_(*chain(*ways)))))
    for word, mine in zip(asked, ways, strict=True):
        rows = rows.where(or_(*mine, Person.search_text.contains(word, autoescape=True)))
    found = [make(row) for row in db.session.execute(rows.order_by(id).limit(MOST + 1))]
    return Group(found[:MOST], len(found) > MOST)


def numbered(column: InstrumentedAttribute[int], word: str) -> Ways:
    return [] if number(word) is None else [column == number(word)]


def _has(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """Is the word in the column? GLOB takes a third of the time of SQLite's REGEXP, which calls Python."""
    if db.engine.dialect.name == "sqlite":
        return column.op("GLOB", is_comparison=True)(f"*{pattern(word)}*")
    return column.regexp_match(pattern(word))
