"""The work orders of a ticket, each with what may be done to it (C-65, A-80 to A-90)."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from models import clock
from models.base import db
from models.desk.signs import Sign, order_sign
from models.files import Attachment
from models.operators import Operator
from models.wording import near
from models.work_orders import PENDING, Distribution, PrintProfile, WorkOrder, WorkOrderKind


class TicketOrder(NamedTuple):
    order: WorkOrder
    kind: str
    technician: str | None
    prints: bool  # its type has a print profile
    distribution: Distribution | None

    @property
    def sign(self) -> Sign:
        """Its state, or that its visit is over and nobody closed it."""
        order = self.order
        if order.status in PENDING and order.ends_at and order.ends_at < clock.now():
            return Sign("Atrasada", "bad", "alert-circle")
        return order_sign(order.status)

    @property
    def words(self) -> str:
        """'hoje às 14:00, com João Pedro', 'ainda sem agenda', 'feita ontem às 11:20 por João Pedro'."""
        order = self.order
        if order.closed_at:
            return f"feita {near(order.closed_at, order.zone)} por {self.technician}"
        return f"{order.when}, com {self.technician}" if self.technician else order.when


class Photographed(NamedTuple):
    """An order with photos, which stay with it."""

    id: int
    number: int
    photos: int


def photographed(ticket_id: int) -> list[Photographed]:
    """The orders of a ticket that have photos, and how many; one question."""
    there = (Attachment.subject_type == WorkOrder.__tablename__) & (Attachment.subject_id == WorkOrder.id)
    rows = select(WorkOrder.id, WorkOrder.number, func.count()).join(Attachment, there)
    rows = rows.where(WorkOrder.ticket_id == ticket_id, Attachment.deleted_at.is_(None))
    rows = rows.group_by(WorkOrder.id, WorkOrder.number).order_by(WorkOrder.number)
    return [Photographed._make(row) for row in db.session.execute(rows)]


def of_ticket(ticket_id: int) -> list[TicketOrder]:
    """The pending ones first, then the newest."""
    profile = (PrintProfile.work_order_kind_id == WorkOrder.kind_id) & PrintProfile.inactive_since.is_(None)
    rows = select(WorkOrder, WorkOrderKind.name, Operator.name, PrintProfile.id.is_not(None), Distribution)
    rows = rows.join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
    rows = rows.outerjoin(Operator, Operator.id == WorkOrder.technician_id).outerjoin(PrintProfile, profile)
    rows = rows.outerjoin(Distribution, Distribution.work_order_id == WorkOrder.id)
    rows = rows.where(WorkOrder.ticket_id == ticket_id)
    rows = rows.order_by(WorkOrder.status.in_(PENDING).desc(), WorkOrder.id.desc())
    return [TicketOrder._make(row) for row in db.session.execute(rows)]
