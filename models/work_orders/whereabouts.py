"""Where technicians are with their orders: on the way or there, since when (A-122)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import NamedTuple

from sqlalchemy import select

from models import clock
from models.base import db
from models.operators import Company
from models.wording import hour
from models.work_orders.status import PENDING
from models.work_orders.steps import STEPS, WorkOrderStep
from models.work_orders.work_order import WorkOrder

MOVES = ("on_the_way", "arrived")


class Where(NamedTuple):
    """Where a technician is with an order: on the way or there, since when."""

    kind: str
    at: datetime
    zone: str

    @property
    def words(self) -> str:
        """'a caminho desde 13:48', 'no local desde 14:06'."""
        return f"{STEPS[self.kind].lower()} desde {hour(self.at, self.zone)}"

    @property
    def short(self) -> str:
        """'A caminho 13:48', 'No local 14:06'."""
        return f"{STEPS[self.kind]} {hour(self.at, self.zone)}"

    @property
    def is_there(self) -> bool:
        return self.kind == "arrived"


def where_now(order_ids: Iterable[int]) -> dict[int, Where]:
    """Of the orders that have not ended, where their technician is with them; one question.

    The last step of their present visit counts: of whoever has the order now, of the day of the visit, or of today
    where that is still to come. So a visit of yesterday that is made again begins anew.
    """
    ids = list(order_ids)
    if not ids:
        return {}
    rows = (
        select(WorkOrderStep, WorkOrder.starts_at, Company.zone)
        .join(WorkOrder, WorkOrder.id == WorkOrderStep.work_order_id)
        .join(Company, Company.id == WorkOrder.company_id)
        .where(WorkOrderStep.work_order_id.in_(ids), WorkOrderStep.kind.in_(MOVES), WorkOrder.status.in_(PENDING))
        .where(WorkOrderStep.operator_id == WorkOrder.technician_id)
    )
    found: dict[int, Where] = {}
    for row, starts_at, zone in db.session.execute(rows):
        here, last = Where(row.kind, row.stands_at, zone), found.get(row.work_order_id)
        if here.at >= visit_begins(starts_at, zone) and (last is None or here.at >= last.at):
            found[row.work_order_id] = here
    return found


def visit_begins(starts_at: datetime | None, zone: str) -> datetime:
    """The midnight from which steps are of the present visit: of its day, or of today where that is still to come."""
    now = clock.now()
    return clock.at(clock.local(min(starts_at or now, now), zone).date(), time(), zone)
