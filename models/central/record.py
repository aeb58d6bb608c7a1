"""What the provider has written of a subscriber, as the Central shows it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, func, select

from models.base import db
from models.people import Contact, Person, SubscriberPassword
from models.people.contact import KINDS as CONTACTS


@dataclass(frozen=True)
class OwnRecord:
    """What the provider has written of a subscriber, for level proved."""

    name: str
    document: str
    mobile: str
    phone: str
    email: str
    has_password: bool


def record(person_id: int) -> OwnRecord:
    contact = {
        kind: select(Contact.value).where(Contact.person_id == Person.id, Contact.kind == kind).limit(1)
        for kind in CONTACTS
    }
    row = db.session.execute(
        select(
            Person.name,
            Person.document,
            *(func.coalesce(value.scalar_subquery(), "").label(kind) for kind, value in contact.items()),
            exists().where(SubscriberPassword.person_id == Person.id).label("has_password"),
        ).where(Person.id == person_id)
    ).one()
    return OwnRecord(**row._mapping)


def short_name(name: str) -> str:
    """'Rita Aparecida Moreira' -> 'Rita M.': all of a name that level weak may see."""
    first, *rest = name.split()
    return f"{first} {rest[-1][0].upper()}." if rest else first
