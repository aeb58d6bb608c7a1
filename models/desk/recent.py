"""The customers somebody worked with last, from what they did there: nothing is kept of reading (B-16)."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Select, bindparam, func, select

from models.base import db
from models.desk.customers import ListedCustomer
from models.history import Event
from models.people import Person

MOST = 8
LOOKED_AT = 200  # the last acts of an operator, of whomever


def recent_customers(operator_id: int) -> list[ListedCustomer]:
    """The customers of an operator's last acts, the latest first, in one statement."""
    return [ListedCustomer._make(row) for row in db.session.execute(_recent(), {"operator": operator_id})]


@cache
def _recent() -> Select[int, str, str, str, str]:
    mine = (Event.actor_kind == "operator", Event.actor_id == bindparam("operator"), Event.person_id.is_not(None))
    acts = select(Event.person_id, Event.id).where(*mine).order_by(Event.id.desc()).limit(LOOKED_AT).subquery()
    last = select(acts.c.person_id, func.max(acts.c.id).label("id")).group_by(acts.c.person_id).subquery()
    rows = select(Person.id, Person.name, Person.kind, Person.document, Person.trade_name)
    return rows.join(last, last.c.person_id == Person.id).order_by(last.c.id.desc()).limit(MOST)
