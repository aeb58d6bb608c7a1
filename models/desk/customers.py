"""The list of customers and its search: name, document, phone, code, street; by parts, without accents (X-09, C-22)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, case, false, or_, select

from models.base import db
from models.desk.signs import Sign, service_sign, trust_ends
from models.keyset import By, Keyset
from models.operators import within
from models.people import Address, Contact, Person, PersonPart, cleaned
from models.people.person import searchable
from models.people.person_part import DIGITS, SHORTEST
from models.services import Service

_NUMBER = re.compile(r"[\d.\-/ ()+]+", re.ASCII)


class ListedCustomer(NamedTuple):
    id: int
    name: str
    kind: str
    document: str
    trade_name: str | None


class ListedService(NamedTuple):
    person_id: int
    plan_name: str
    status: str
    district: str
    trust_until: datetime | None

    @property
    def sign(self) -> Sign:
        return service_sign(self.status, self.trust_until)


# What an operator must know first of a customer with several services; released in confidence, they owe.
_PRESSING = (
    "suspended_for_debt",
    "reduced",
    "trust",
    "awaiting_installation",
    "awaiting_migration",
    "active",
    "cancelled",
)


def need(row: ListedService) -> int:
    """How much a service needs somebody, the most first: one of several stands for its customer."""
    return _PRESSING.index("trust" if row.trust_until else row.status)


@dataclass(frozen=True)
class Found:
    people: list[ListedCustomer]
    services: dict[int, list[ListedService]]  # by customer
    more: bool


def find(typed: str, *, size: int, by_part: bool = False) -> Found:
    """The first so many customers of a search in two questions; each with its services, their statuses and districts.

    Without `by_part` a document is found only when typed whole: parts would give away what is masked.
    """
    order = Keyset(*nearest(typed), By(Person.search_text), By(Person.id))
    rows = select(Person.id, Person.name, Person.kind, Person.document, Person.trade_name)
    page = order.page(rows.where(*matching(typed, by_part)), None, size)
    people = [ListedCustomer._make(row) for row in db.session.execute(page)]
    return Found(people[:size], services_of([row.id for row in people[:size]]), more=len(people) > size)


def allowed(operator_id: int) -> bool:
    """Count one search; False after 60 in a minute, those of the list and of the palette together."""
    return within(f"search:{operator_id}", 60, timedelta(minutes=1))


def words(typed: str) -> list[str]:
    """What was typed, word by word, without accents; a number is one bare word whatever stands between its digits."""
    whole = _NUMBER.fullmatch(typed.strip())
    parts = [typed] if whole else searchable(typed).split()
    return [word for part in parts if (word := cleaned(part) if _NUMBER.fullmatch(part.strip()) else part)]


def number(word: str) -> int | None:
    """The code or number that a word may be."""
    return int(word) if re.fullmatch(r"[0-9]{1,9}", word) else None


def matching(typed: str, by_part: bool) -> list[ColumnElement[bool]]:
    """Every word must be found; nothing typed finds everybody, signs alone nobody.

    The longest word finds who is looked at, through the index; the others are asked of those alone.
    """
    if not typed.strip():
        return []
    longest, *others = sorted(words(typed), key=len, reverse=True) or [""]
    if not longest:
        return [false()]
    return [_found_by(longest, by_part, first=True), *(_found_by(word, by_part) for word in others)]


def _found_by(word: str, by_part: bool, *, first: bool = False) -> ColumnElement[bool]:
    """A word in the name or a street, a whole CNPJ with letters, an e-mail or a part of it; or a number."""
    if word.isdecimal():
        ways = _found_by_number(word, by_part)
    else:
        ways = [_has_part(word, first)]
        if len(cleaned(word)) == 14:
            ways.append(Person.document == cleaned(word))
        if "@" in word:
            emails = select(Contact.person_id).where(Contact.value.contains(word, autoescape=True))
            ways.append(Person.id.in_(emails))
    if len(word) < SHORTEST:  # too short for the endings that are kept; most names have it, so a page is soon full
        ways.append(Person.search_text.contains(word, autoescape=True))
    return or_(*ways)


def named(typed: str, numbered: Callable[[str], ColumnElement[bool]] | None = None) -> list[ColumnElement[bool]]:
    """For a list of something that customers have: every word is in the customer's name, or is its own number."""
    found = []
    for word in words(typed):
        ways = [Person.search_text.contains(word, autoescape=True)]
        if numbered and number(word) is not None:
            ways.append(numbered(word))
        found.append(or_(*ways))
    return found or ([false()] if typed.strip() else [])


def _has_part(word: str, first: bool) -> ColumnElement[bool]:
    parts = select(PersonPart.person_id).where(PersonPart.begins(word))
    if first:
        return Person.id.in_(parts)
    return parts.where(PersonPart.person_id == Person.id).correlate(Person).exists()


def _found_by_number(word: str, by_part: bool) -> list[ColumnElement[bool]]:
    """Document, code, or a part of a phone, with or without +55 and DDD; or of a name that has a number."""
    document = Person.document.between(word, word.ljust(14, "Z")) if by_part else Person.document == word
    phone = word.lstrip("0") if len(word) > DIGITS else word
    phone = phone.removeprefix("55") if len(phone) > 11 else phone
    ways = [document, _has_part(word, first=True)]
    if number(word) is not None:
        ways.append(Person.id == number(word))
    return [*ways, _has_part(phone, first=True)] if phone and phone != word else ways


def nearest(typed: str) -> list[By]:
    """Before all others whose code it is and whose name begins so; then who is called so, then who lives there."""
    if not (first := words(typed)[:1]):
        return []
    [word] = first
    near = or_(Person.id == number(word), Person.search_text.startswith(word, autoescape=True))
    return [By(case((near, 0), (Person.search_text.contains(word, autoescape=True), 1), else_=2))]


def services_of(person_ids: list[int]) -> dict[int, list[ListedService]]:
    """Of each customer with any, in the order they were sold; one question."""
    if not person_ids:
        return {}
    found: dict[int, list[ListedService]] = {}
    for row in map(ListedService._make, db.session.execute(_services(), {"people": person_ids})):
        found.setdefault(row.person_id, []).append(row)
    return found


@cache  # every list of customers asks it
def _services() -> Select[*tuple[Any, ...]]:
    rows = select(Service.person_id, Service.plan_name, Service.status, Address.district, trust_ends())
    rows = rows.join(Address, Address.id == Service.address_id)
    return rows.where(Service.person_id.in_(bindparam("people", expanding=True))).order_by(Service.id)
