"""What the staff's first page counts."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from models.base import db
from models.desk.stopped import dead_count
from models.operators import Operator
from models.outbox import LeftOut
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


def stopped_count() -> tuple[int, int]:
    """What waits for a person: tasks that were tried twelve times, and rows a routine or a file left out."""
    left_out = select(func.count()).select_from(LeftOut).where(LeftOut.status == "open", *LeftOut.seen())
    return dead_count(), db.session.scalar(left_out) or 0
