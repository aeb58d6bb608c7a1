"""What a search finds in the customer whose page is open: services, invoices and tickets, before all others (B-16)."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from models.base import db
from models.billing import Invoice
from models.desk.customers import ListedCustomer, words
from models.people import Address, Person
from models.people.person import searchable
from models.services import Service
from models.tickets import OPEN, Ticket
from models.tickets import STATUSES as TICKET_STATUSES
from models.wording import brl, day

MOST = 5


class Here(NamedTuple):
    """A row of this customer. `kind` is service, telephone, invoice or ticket."""

    kind: str
    id: int
    title: str
    about: str


def the_customer(id: int) -> ListedCustomer | None:
    """Whose page is open, when whoever acts may see them."""
    rows = select(Person.id, Person.name, Person.kind, Person.document, Person.trade_name).where(Person.id == id)
    row = db.session.execute(rows).first()
    return ListedCustomer._make(row) if row else None


def find_here(person_id: int, typed: str, *, money: bool, tickets: bool) -> list[Here]:
    """The rows that have every word typed, services first, in at most three statements."""
    asked = words(typed)
    rows = [*_services(person_id), *(_tickets(person_id) if tickets else ()), *(_invoices(person_id) if money else ())]
    found = [row for row in rows if all(word in searchable(f"{row.title} {row.about}") for word in asked)]
    return found[:MOST] if asked else []


def _services(person_id: int) -> list[Here]:
    rows = select(Service.id, Service.plan_name, Service.technology, Address.street, Address.number, Address.district)
    rows = rows.join(Address, Address.id == Service.address_id).where(Service.person_id == person_id)
    found = db.session.execute(rows.order_by(Service.id))
    return [
        Here(
            "telephone" if row.technology == "phone" else "service",
            row.id,
            f"{row.plan_name} nº {row.id}",
            f"{row.street}, {row.number}, {row.district}",
        )
        for row in found
    ]


def _tickets(person_id: int) -> list[Here]:
    rows = select(Ticket).where(Ticket.person_id == person_id, Ticket.status.in_(OPEN)).order_by(Ticket.id.desc())
    return [
        Here("ticket", row.id, " · ".join(filter(None, (row.protocol, row.subject))), TICKET_STATUSES[row.status])
        for row in db.session.scalars(rows.limit(50))
    ]


def _invoices(person_id: int) -> list[Here]:
    rows = select(Invoice).where(Invoice.person_id == person_id, Invoice.status == "open")
    return [
        Here("invoice", row.id, f"Fatura {row.number}", f"{brl(row.total_cents)}, vence em {day(row.due_on)}")
        for row in db.session.scalars(rows.order_by(Invoice.due_on, Invoice.id).limit(100))
    ]
