"""The hours of a technician that a day has taken already: asked before another visit is put beside them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select

from models import clock
from models.base import db
from models.work_orders.kind import WorkOrderKind
from models.work_orders.work_order import WorkOrder


class TakenHour(NamedTuple):
    starts_at: datetime
    kind: str  # the name of the type of order


def taken_hours(technician_id: int, on: date, zone: str) -> list[TakenHour]:
    """The open and scheduled orders of a technician on a day of this zone, also of the night before; earliest first.

    Of every company: whoever works for two is at one place at a time. Whose order it is, is not told.
    """
    begins, ends = clock.at(on, time(), zone), clock.at(on + timedelta(days=1), time(), zone)
    rows = (
        select(WorkOrder.starts_at, WorkOrderKind.name)
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .where(WorkOrder.technician_id == technician_id, WorkOrder.status.in_(("open", "scheduled")))
        .where(WorkOrder.starts_at < ends, WorkOrder.ends_at > begins)
        .order_by(WorkOrder.starts_at, WorkOrder.id)
        .execution_options(every_company="somebody is at one place at a time, whoever sent them")
    )
    return [TakenHour(starts_at, kind) for starts_at, kind in db.session.execute(rows) if starts_at]
