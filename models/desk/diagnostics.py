"""What the seven blocks of Diagnósticos do Serviço read, each by itself (C-57)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from models.base import db
from models.desk.signs import Sign, sign_of_service
from models.network import Connection
from models.network.standing import Standing, standings
from models.services import Service, Suspension
from models.wording import day, near
from models.work_orders import ORDER_STATUSES, WorkOrder, WorkOrderKind


class PastOrder(NamedTuple):
    number: int
    kind: str
    status: str
    starts_at: datetime | None

    @property
    def words(self) -> str:
        """'encerrada, 24/11 às 08:00'."""
        status = ORDER_STATUSES[self.status].lower()
        return f"{status}, {near(self.starts_at)}" if self.starts_at else status


class Period(NamedTuple):
    """How a service stands, and since when; `since` is empty for what is waiting."""

    sign: Sign
    since: str
    reason: str


def connection_of(service_id: int) -> Standing | None:
    """The connection a service is looked at by: its first. None where nothing can be counted, as of a telephone."""
    found = standings(Connection.service_id == service_id, Connection.medium.is_not(None))
    return found[0] if found else None


def period_of(service: Service) -> Period:
    """Status e Período: what it is, since the day it became so."""
    cut = select(Suspension.started_at, Suspension.reason).where(
        Suspension.service_id == service.id, Suspension.ended_at.is_(None)
    )
    suspension = db.session.execute(cut).first()
    if suspension:
        return Period(sign_of_service(service), near(suspension.started_at), suspension.reason)
    return Period(sign_of_service(service), day(service.activated_on) if service.activated_on else "", "")


def orders_of(service_id: int, since: datetime) -> list[PastOrder]:
    """The orders of a service opened since a moment, the newest first."""
    rows = select(WorkOrder.number, WorkOrderKind.name, WorkOrder.status, WorkOrder.starts_at)
    rows = rows.join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id).where(
        WorkOrder.service_id == service_id, WorkOrder.created_at >= since
    )
    found = db.session.execute(rows.order_by(WorkOrder.created_at.desc(), WorkOrder.id.desc()))
    return [PastOrder._make(row) for row in found]
