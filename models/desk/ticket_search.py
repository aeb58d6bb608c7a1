"""Of whom is it? Customers with services and open orders, before a protocol is drawn (C-53, C-54, C-56)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from models.base import db
from models.desk import customers
from models.desk.customers import ListedCustomer
from models.desk.signs import Sign, service_sign, trust_ends
from models.people import Address
from models.services import Service
from models.work_orders import WorkOrder
from models.work_orders.status import PENDING

MOST = 10


class Choice(NamedTuple):
    """A service somebody may open a ticket for."""

    id: int
    person_id: int
    plan_name: str
    status: str
    street: str
    number: str
    district: str
    order: int | None
    trust_until: datetime | None

    @property
    def sign(self) -> Sign:
        return service_sign(self.status, self.trust_until)

    @property
    def place(self) -> str:
        return ", ".join(filter(None, (self.street, self.number, self.district)))


class Customer(NamedTuple):
    person: ListedCustomer
    services: list[Choice]


def find(typed: str, *, cancelled: bool = False, by_part: bool = False) -> list[Customer]:
    """The first customers of a search with their services, those cancelled only when asked for; three questions."""
    if not typed:
        return []
    people = customers.find(typed, size=MOST, by_part=by_part).people
    services = services_of([person.id for person in people], cancelled=cancelled)
    return [Customer(person, services.get(person.id, [])) for person in people]


def services_of(person_ids: Sequence[int], *, cancelled: bool = False) -> dict[int, list[Choice]]:
    """By customer; each with its address and the number of an open work order, if any."""
    order = select(func.min(WorkOrder.number)).where(WorkOrder.service_id == Service.id, WorkOrder.status.in_(PENDING))
    rows = select(
        Service.id,
        Service.person_id,
        Service.plan_name,
        Service.status,
        Address.street,
        Address.number,
        Address.district,
        order.scalar_subquery(),
        trust_ends(),
    ).join(Address, Address.id == Service.address_id)
    rows = rows.where(Service.person_id.in_(person_ids)).order_by(Service.status == "cancelled", Service.id)
    found: dict[int, list[Choice]] = {}
    for row in db.session.execute(rows if cancelled else rows.where(Service.status != "cancelled")):
        found.setdefault(row.person_id, []).append(Choice._make(row))
    return found
