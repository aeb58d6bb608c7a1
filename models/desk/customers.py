"""The list of customers and its search: name, document, code; accents and punctuation ignored (X-09, C-22)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

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


def find(typed: str = "", page: int = 1, *, by_part: bool = False) -> Found:
    """One page of customers in two queries, by name; each with its services and their statuses.

    Without `by_part` a document is found only when typed whole: parts would give away what is masked.
    """
    rows = (
        select(Person.id, Person.name, Person.kind, Person.document, Person.trade_name)
        .where(*_matching(typed, by_part))
        .order_by(Person.search_text, Person.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    people = list(db.session.execute(rows))
    return Found(people[:PAGE], _services([row.id for row in people[:PAGE]]), more=len(people) > PAGE)


def _matching(typed: str, by_part: bool) -> list[ColumnElement[bool]]:
    """What a customer may be found by; nothing typed finds everybody, signs alone nobody."""
    words, bare = searchable(typed).split(), cleaned(typed)
    if not typed.strip():
        return []
    ways = [and_(true(), *(Person.search_text.contains(word, autoescape=True) for word in words))] if words else []
    if bare and re.fullmatch(r"[\d.\-/ ()+]+", typed.strip(), re.ASCII):
        ways.append(Person.document.startswith(bare) if by_part else Person.document == bare)
        ways.append(Person.id.in_(select(Contact.person_id).where(Contact.value == bare)))
        if len(bare) <= 9:
            ways.append(Person.id == int(bare))
    elif len(bare) == 14:
        ways.append(Person.document == bare)
    return [or_(false(), *ways)]


def _services(person_ids: list[int]) -> dict[int, list[Any]]:
    if not person_ids:
        return {}
    rows = select(Service.person_id, Service.plan_name, Service.status).where(Service.person_id.in_(person_ids))
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(rows.order_by(Service.id)):
        found.setdefault(row.person_id, []).append(row)
    return found
