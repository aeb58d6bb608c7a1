"""Which invoices a title that nobody knows may be about, to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, select

from models.base import db
from models.billing import Invoice
from models.collection.bank_file import BankFileRecord
from models.people import Person
from models.people.person import searchable

CANDIDATES = 8


def candidates(record: BankFileRecord, name: str) -> Sequence[Row[Invoice, str]]:
    """Open invoices that a line may be about, with their customers: of somebody by name, else of the value paid."""
    rows = select(Invoice, Person.name.label("person")).join(Person, Person.id == Invoice.person_id)
    rows = rows.where(Invoice.status == "open")
    for word in searchable(name).split():
        rows = rows.where(Person.search_text.contains(word, autoescape=True))
    if not name:
        rows = rows.where(Invoice.total_cents == record.paid_cents)
    return db.session.execute(rows.order_by(Invoice.due_on, Invoice.id).limit(CANDIDATES)).all()
