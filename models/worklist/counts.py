"""What stands on Início beside the worklist: services, visits, who is released in trust, sales in draft."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, literal, select, union_all

from models import clock
from models.base import db
from models.desk.stopped import dead_count
from models.operators import Operator
from models.outbox import LeftOut
from models.people import Address, Person
from models.sales import Sale
from models.services import STATUSES, Service, TrustUnlock
from models.work_orders import WorkOrder, WorkOrderKind

RELEASED = "released"  # of the services that are enabled, who owes and was let back


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


class Standing(NamedTuple):
    """How many services stand so; those released in trust apart from who is in order."""

    words: str
    many: int


def services_by_status() -> list[Standing]:
    """In the order of the statuses, without those nobody is in; one question."""
    each = select(Service.status.label("status"), func.count().label("many")).group_by(Service.status)
    released = select(literal(RELEASED), func.count(TrustUnlock.id))
    released = released.join(Service, Service.id == TrustUnlock.service_id)
    both = union_all(each, released.where(TrustUnlock.status == "active", Service.status == "active")).subquery()
    found: dict[str, int] = dict(db.session.execute(select(both)).all())
    found["active"] = found.get("active", 0) - found[RELEASED]
    words = {"active": STATUSES["active"], RELEASED: "Em confiança", **STATUSES}
    return [Standing(words[key], found[key]) for key in words if found.get(key)]


class Visit(NamedTuple):
    """A work order that has not ended, with its customer; `technician` goes there."""

    order: WorkOrder
    kind: str
    customer: str
    technician: str
    plan_name: str | None
    where: str | None

    @property
    def late(self) -> bool:
        return self._starts.date() < clock.today()

    @property
    def _starts(self) -> datetime:
        return clock.local(self.order.starts_at or self.order.created_at)

    @property
    def when(self) -> str:
        """'08:00' of today, else the day with it."""
        local = self._starts
        return f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%d/%m %H:%M}"


def visits(until: date, technician: int | None = None) -> list[Visit]:
    """Orders that have not ended and begin by the end of a day, of everybody or of a technician; the earliest first."""
    rows = select(WorkOrder, WorkOrderKind.name, Person.name, Operator.name, Service.plan_name, Address.district)
    rows = rows.join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
    rows = rows.join(Person, Person.id == WorkOrder.person_id).join(Operator, Operator.id == WorkOrder.technician_id)
    rows = rows.outerjoin(Service, Service.id == WorkOrder.service_id)
    rows = rows.outerjoin(Address, Address.id == Service.address_id)
    rows = rows.where(WorkOrder.status.in_(("open", "scheduled")), WorkOrder.starts_at <= clock.end_of(until))
    if technician is not None:
        rows = rows.where(WorkOrder.technician_id == technician)
    return [Visit._make(row) for row in db.session.execute(rows.order_by(WorkOrder.starts_at, WorkOrder.id).limit(50))]


def drafts(limit: int = 50, by: int | None = None) -> list[DraftRow]:
    """Sales that were begun and not finished, of everybody or `by` an operator, the latest first."""
    rows = select(Sale, Operator.name.label("operator")).join(Operator, Operator.id == Sale.operator_id)
    rows = rows.where(Sale.status == "draft").order_by(Sale.updated_at.desc(), Sale.id.desc())
    if by is not None:
        rows = rows.where(Sale.operator_id == by)
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
