"""An order opened from a ticket, or saved together with it: both, or neither (A-80 to A-83, C-68)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.base import db
from models.operators.company import zone_by_id
from models.people import Person
from models.refused import Refused
from models.services import Service
from models.tickets import Ticket
from models.work_orders.doubts import Confirmed
from models.work_orders.opening import order_errors
from models.work_orders.status import BY_SHORT_TICKET, BY_TICKET, Choices
from models.work_orders.work_order import WorkOrder
from models.workflows import TicketKind

OPENED_WITH = ("kind_id", "group_id", "defect_id", "technician_id", "description")


def open_from(
    ticket: Ticket, order: dict[str, Any], demanded: frozenset[str] = BY_TICKET, *, confirmed: Confirmed = ()
) -> WorkOrder:
    """An order of this ticket, of its customer and service; with day and hour it is scheduled at once.

    `order` as WorkOrder.open takes it. Raises Refused with the fields at fault, Conflict unless `confirmed`, Stale for
    a ticket that is finished.
    """
    zone, choices = zone_by_id(ticket.company_id), Choices.of(ticket.company_id)
    if errors := order_errors(order, choices, demanded, zone):
        raise Refused(errors=errors)
    person = db.session.scalars(select(Person).where(Person.id == ticket.person_id)).one()
    service = None
    if ticket.service_id:
        service = db.session.scalars(select(Service).where(Service.id == ticket.service_id)).one()
    asked = {name: order.get(name) for name in OPENED_WITH}
    row = WorkOrder.open(person, asked, service=service, ticket=ticket, demanded=demanded & set(asked), choices=choices)
    if order.get("start_on"):
        row.schedule(order["start_on"], order.get("start_time"), order.get("technician_id"), row.version, confirmed)
    return row


def save_with_order(
    ticket: Ticket,
    kind: TicketKind | None,
    answers: dict[str, Any],
    order: dict[str, Any],
    version: int,
    *,
    confirmed: Confirmed = (),
) -> WorkOrder:
    """Salvar of the quick form with an order; nobody has to hold the ticket (C-68). Raises as both verbs do."""
    ticket.save(kind, answers | {"status": "pending_work_order"}, version)
    return open_from(ticket, order, BY_SHORT_TICKET, confirmed=confirmed)
