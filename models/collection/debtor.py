"""Who owes an invoice and where they live, as banks want to know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from models.base import db
from models.billing.charge import Charge
from models.billing.invoice import Invoice
from models.people import Address, Person
from models.services import Service


@dataclass(frozen=True)
class Debtor:
    """`document` and `cep` without punctuation."""

    document: str
    name: str
    street: str  # with number and complement
    district: str
    cep: str
    city: str
    state: str


def debtors(invoice_ids: Sequence[int]) -> dict[int, Debtor]:
    """The debtor of each invoice, at the billing address of the first service it charges. One question."""
    first = (
        select(Charge.invoice_id, func.min(Charge.service_id).label("service_id"))
        .where(Charge.invoice_id.in_(invoice_ids))
        .group_by(Charge.invoice_id)
        .subquery()
    )
    rows = (
        select(first.c.invoice_id, Person.document, Person.name, Address)
        .join(Invoice, Invoice.id == first.c.invoice_id)
        .join(Person, Person.id == Invoice.person_id)
        .join(Service, Service.id == first.c.service_id)
        .join(Address, Address.id == Service.billing_address_id)
    )
    return {
        row.invoice_id: Debtor(row.document, row.name, _street(at), at.district, at.cep, at.city, at.state)
        for row in db.session.execute(rows)
        for at in (row.Address,)
    }


def _street(address: Address) -> str:
    return ", ".join(filter(None, (address.street, address.number, address.complement)))
