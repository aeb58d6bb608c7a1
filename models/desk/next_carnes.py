"""Who needs a carnê: services that are paid by one and have none, or whose last instalment is near (C-36, B-07)."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select

from models import clock
from models.base import db
from models.billing import Carne, Invoice
from models.billing.carne_end import ASKS_BEFORE
from models.operators import Company
from models.people import Person
from models.services import Service
from models.wording import day

MOST = 200  # rows of the list


class NextCarne(NamedTuple):
    """A service that asks for its next carnê; `last_due_on` None: it never had one that stands."""

    last_due_on: date | None
    service_id: int
    plan_name: str
    person_id: int
    person: str
    company: str

    @property
    def hint(self) -> str:
        return hint(self.last_due_on, clock.today())

    @property
    def named_hint(self) -> str:
        """'Fibra 500 Mbps: carnê não gerado.'"""
        return f"{self.plan_name}: {self.hint[0].lower()}{self.hint[1:]}"


def last_due() -> ScalarSelect[Any]:
    """The last due date of what a service has by carnê; nothing of it was cancelled."""
    return (
        select(func.max(Invoice.due_on))
        .join(Carne, Carne.id == Invoice.carne_id)
        .where(Carne.service_id == Service.id, Carne.status != "cancelled", Invoice.status != "cancelled")
        .scalar_subquery()
    )


def asks(service: Service, last_due_on: date | None, on: date) -> bool:
    """Whether a service needs its next carnê on a day: 30 days before the last due date of what it has."""
    lives = service.uses_carne and service.status != "cancelled"
    return lives and (last_due_on is None or last_due_on <= on + ASKS_BEFORE)


def hint(last_due_on: date | None, on: date) -> str:
    """'Carnê não gerado.', 'O carnê acaba em 10/12/2026: gere o próximo.'"""
    if last_due_on is None:
        return "Carnê não gerado."
    return f"O carnê {'acaba' if last_due_on >= on else 'acabou'} em {day(last_due_on)}: gere o próximo."


def how_many(on: date) -> int:
    """How many services ask for their next carnê on a day."""
    return db.session.scalar(select(func.count()).select_from(Service).where(*asking(on + ASKS_BEFORE))) or 0


def next_carnes(on: date, person_id: int | None = None) -> list[NextCarne]:
    """Those services, of one customer or of everybody, whose carnê ends first on top; at most MOST."""
    last: ScalarSelect[Any] = last_due()
    rows: Select[*tuple[Any, ...]] = (
        select(last.label("last_due_on"), Service.id, Service.plan_name, Person.id, Person.name, Company.name)
        .join(Person, Person.id == Service.person_id)
        .join(Company, Company.id == Service.company_id)
        .where(*asking(on + ASKS_BEFORE))
        .order_by(last.is_not(None), last, Service.id)
        .limit(MOST)
    )
    if person_id is not None:
        rows = rows.where(Service.person_id == person_id)
    return [NextCarne._make(row) for row in db.session.execute(rows)]


def asking(until: Any) -> list[ColumnElement[bool]]:
    """Conditions of the services paid by carnê that have none beyond a day."""
    last: ScalarSelect[Any] = last_due()
    return [Service.uses_carne.is_(True), Service.status != "cancelled", or_(last.is_(None), last <= until)]
