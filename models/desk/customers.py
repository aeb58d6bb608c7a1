"""The list of customers and its search: name, document, code; accents and punctuation ignored (X-09, C-22)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from models.base import db
from models.people import Contact, Person, cleaned
from models.people.person import searchable
from models.services import Service

PAGE = 50


@dataclass(frozen=True)
class Found:
    people: list[Any]
    services: dict[int, list[Any]]
    more: bool


def find(typed: str = "", page: int = 1) -> Found:
    """One page of customers in two queries, by name; each with its services and their statuses."""
    rows = (
        select(Person.id, Person.name, Person.kind, Person.document, Person.trade_name)
        .where(*_matching(typed))
        .order_by(Person.search_text, Person.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    people = list(db.session.execute(rows))
    return Found(people[:PAGE], _services([row.id for row in people[:PAGE]]), more=len(people) > PAGE)


def _matching(typed: str) -> list[ColumnElement[bool]]:
    typed = typed.strip()
    if not typed:
        return []
    ways = [and_(*(Person.search_text.contains(word, autoescape=True) for word in searchable(typed).split()))]
    bare = cleaned(typed)
    if re.fullmatch(r"[\d.\-/ ()+]+", typed) or len(bare) == 14:
        ways.append(Person.document.startswith(bare, autoescape=True))
        ways.append(Person.id.in_(select(Contact.person_id).where(Contact.value == bare)))
        if bare.isdigit() and len(bare) <= 9:
            ways.append(Person.id == int(bare))
    return [or_(*ways)]


def _services(person_ids: list[int]) -> dict[int, list[Any]]:
    if not person_ids:
        return {}
    rows = select(Service.person_id, Service.plan_name, Service.status).where(Service.person_id.in_(person_ids))
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(rows.order_by(Service.id)):
        found.setdefault(row.person_id, []).append(row)
    return found
