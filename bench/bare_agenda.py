"""The day and the week of the agenda written straight in Flask and SQLAlchemy, as bench/bare.py does its pages.

No session, permission, company of others, proposal or reason: technicians with their visits, what collides, how full a
day is, and the orders without an hour with their deadline.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Engine, Select, func, select

from bench.bare import pages
from models import clock
from models.operators import Operator
from models.people import Address, Person
from models.services import Service
from models.tickets import Ticket
from models.work_orders import PENDING, WorkOrder, WorkOrderKind

HALF = timedelta(minutes=30)
WORKED = 600  # minutes of a day


def make(engine: Engine, company_id: int, day: datetime) -> Flask:
    """The bare application on a database; `day` is the first moment of the day, and of the week, that is drawn."""
    app = Flask(__name__)

    @app.route("/dia")
    def index() -> str:
        return _page(engine, company_id, "agenda_day.html", day, 1)

    @app.route("/semana")
    def week() -> str:
        return _page(engine, company_id, "agenda_week.html", day, 7)

    return app


def _page(engine: Engine, company_id: int, template: str, day: datetime, days: int) -> str:
    with engine.connect() as connection:
        people = connection.execute(_people()).all()
        visits = connection.execute(_visits(company_id, day, day + timedelta(days=days))).all()
        queue = connection.execute(_queue(company_id)).all() if days == 1 else []
    slots = [day + timedelta(hours=8) + at * HALF for at in range(20)]
    span = [day + timedelta(days=at) for at in range(days)]
    rows = [(one, _days([visit for visit in visits if visit.technician_id == one.id], span)) for one in people]
    values: dict[str, Any] = {"rows": rows, "slots": slots, "days": span, "queue": queue, "cells": _cells}
    return pages.get_template(template).render(**values, now=clock.now(), worked=WORKED)


def _people() -> Select[Any]:
    rows = select(Operator.id, Operator.name).where(Operator.technician, Operator.inactive_since.is_(None))
    return rows.order_by(Operator.name)


def _visits(company_id: int, begins: datetime, ends: datetime) -> Select[Any]:
    rows = _orders(company_id).where(WorkOrder.starts_at < ends, WorkOrder.ends_at > begins)
    return rows.where(WorkOrder.status != "cancelled").order_by(WorkOrder.starts_at, WorkOrder.id)


def _queue(company_id: int) -> Select[Any]:
    rows = _orders(company_id).where(WorkOrder.status.in_(PENDING), WorkOrder.starts_at.is_(None))
    return rows.order_by(Ticket.due_at.is_(None), Ticket.due_at, WorkOrder.id).limit(15)


def _orders(company_id: int) -> Select[Any]:
    newest = select(func.max(Address.id)).where(Address.person_id == WorkOrder.person_id).correlate(WorkOrder)
    return (
        select(
            WorkOrder.id,
            WorkOrder.number,
            WorkOrder.status,
            WorkOrder.technician_id,
            WorkOrder.starts_at,
            WorkOrder.ends_at,
            WorkOrder.closed_at,
            WorkOrderKind.name.label("kind"),
            Person.name.label("customer"),
            Ticket.due_at,
            Address.street,
            Address.district,
        )
        .join(WorkOrderKind, WorkOrderKind.id == WorkOrder.kind_id)
        .join(Person, Person.id == WorkOrder.person_id)
        .outerjoin(Ticket, Ticket.id == WorkOrder.ticket_id)
        .outerjoin(Service, Service.id == WorkOrder.service_id)
        .outerjoin(Address, Address.id == func.coalesce(Service.address_id, newest.scalar_subquery()))
        .where(WorkOrder.company_id == company_id)
    )


def _days(visits: list[Any], span: list[datetime]) -> list[list[tuple[Any, bool]]]:
    """Of each day its visits, and whether each collides with another."""
    found = []
    for day in span:
        there = [one for one in visits if day <= one.starts_at < day + timedelta(days=1)]
        found.append([(one, _collides(one, there)) for one in there])
    return found


def _collides(visit: Any, others: list[Any]) -> bool:
    return any(one.id != visit.id and one.starts_at < visit.ends_at and one.ends_at > visit.starts_at for one in others)


def _cells(visits: list[tuple[Any, bool]], slots: list[datetime]) -> list[list[tuple[Any, ...]]]:
    """Lines of (moment, half hours, visit, collides): a visit that does not fit opens another."""
    lines: list[list[tuple[int, int, Any, bool]]] = []
    for one, collides in visits:
        begins = max((one.starts_at - slots[0]) // HALF, 0)
        ends = max(-((slots[0] - one.ends_at) // HALF), begins + 1)
        line = next((line for line in lines if line[-1][1] <= begins), None)
        if line is None:
            lines.append(line := [])
        line.append((begins, ends, one, collides))
    drawn = []
    for line in lines or [[]]:
        cells, at = list[tuple[Any, ...]](), 0
        for begins, ends, one, collides in line:
            cells += [(slot, 1, None, False) for slot in slots[at:begins]]
            cells.append((one.starts_at, ends - begins, one, collides))
            at = ends
        drawn.append(cells + [(slot, 1, None, False) for slot in slots[at:]])
    return drawn
