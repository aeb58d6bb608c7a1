"""What the staff's first page counts."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from models.base import db
from models.operators import Operator
from models.outbox import Effect, LeftOut
from models.people import Person
from models.sales import Sale
from models.services import STATUSES, Service, TrustUnlock


class DraftRow(NamedTuple):
    """A sale that was begun, and by whom."""

    sale: Sale
    operator: str


class Released(NamedTuple):
    """A service released in trust; `id` and `name` are the customer's."""

    ends_at: datetime
    channel: str
    plan_name: str
    id: int
    name: str

    @property
    def asked_by(self) -> str:
        return "Assinante, na Central" if self.channel == "portal" else "Equipe"


def services_by_status() -> dict[str, int]:
    counted = dict(db.session.execute(select(Service.status, func.count()).group_by(Service.status)).all())
    return {status: counted.get(status, 0) for status in STATUSES}


def drafts(limit: int = 50) -> list[DraftRow]:
    """Sales that were begun and not finished, the latest first."""
    rows = select(Sale, Operator.name.label("operator")).join(Operator, Operator.id == Sale.operator_id)
    rows = rows.where(Sale.status == "draft").order_by(Sale.updated_at.desc(), Sale.id.desc())
    return [DraftRow._make(row) for row in db.session.execute(rows.limit(limit))]


def beginner(sale: Sale) -> Operator:
    """Who began a draft."""
    return db.session.get_one(Operator, sale.operator_id)


def released_in_trust(limit: int = 20) -> list[Released]:
    """Services released in trust now, those that end first on top."""
    rows = (
        select(TrustUnlock.ends_at, TrustUnlock.channel, Service.plan_name, Person.id, Person.name)
        .join(Service, Service.id == TrustUnlock.service_id)
        .join(Person, Person.id == Service.person_id)
        .where(TrustUnlock.status == "active")
    )
    return [Released._make(row) for row in db.session.execute(rows.order_by(TrustUnlock.ends_at).limit(limit))]


def visible() -> ColumnElement[bool]:
    """Where what was left out touches a customer whom whoever acts sees, or nobody."""
    return LeftOut.person_id.is_(None) | LeftOut.person_id.in_(select(Person.id))


def stopped_count() -> tuple[int, int]:
    """What waits for a person: tasks that were tried twelve times, and rows a routine or a file left out."""
    dead = select(func.count()).where(Effect.state == "dead").scalar_subquery()
    left_out = select(func.count()).where(LeftOut.status == "open", visible()).scalar_subquery()
    row = db.session.execute(select(dead, left_out)).one()
    return row[0], row[1]
