"""One cash desk as its page and its report show it: how the cash came about, by means, movement by movement (B-17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.base import db
from models.billing.cash_desk import CashDesk
from models.billing.cash_entry import CASH_KINDS, CashEntry
from models.billing.charge import Charge
from models.billing.invoice import Invoice
from models.billing.payment import PAID_WITH, Payment
from models.history import Event
from models.operators import Company
from models.people import Person
from models.wording import moment

TOLD = 20  # events on the page of a desk
LABELS = {
    "receipt": "Recebido em dinheiro",
    "reversal": "Estornos em dinheiro",
    "withdrawal": "Sangrias",
    "supply": "Suprimentos",
    "undone": "Movimentos desfeitos",
}


class Movement(NamedTuple):
    """A movement of a desk with what it was for."""

    entry: CashEntry
    number: int | None  # of the invoice
    invoice_id: int | None
    description: str | None  # of a loose charge
    person_id: int | None
    person: str | None
    undone: bool

    @property
    def kind(self) -> str:
        return CASH_KINDS[self.entry.kind]

    @property
    def with_(self) -> str:
        return PAID_WITH[self.entry.paid_with]

    @property
    def about(self) -> str:
        return f"Fatura {self.number}" if self.number else self.description or ""


class MeansSum(NamedTuple):
    """What came in and went back by one means."""

    label: str
    receipts: int
    received_cents: int
    reversed_cents: int

    @property
    def cents(self) -> int:
        return self.received_cents + self.reversed_cents


@dataclass(frozen=True)
class DeskPage:
    desk: CashDesk
    company: Company
    movements: list[Movement]
    events: list[Event]

    @property
    def opened(self) -> str:
        return moment(self.desk.opened_at, self.company.zone)

    @property
    def closed(self) -> str:
        return moment(self.desk.closed_at, self.company.zone)

    def at(self, when: datetime) -> str:
        """A moment of it where its company is."""
        return moment(when, self.company.zone)

    @property
    def drawer_lines(self) -> list[dict[str, object]]:
        return [{"label": label, "cents": cents, "tone": "neu"} for label, cents in self.drawer]

    @property
    def by_means(self) -> list[MeansSum]:
        """Each means that was used, in the order of the list."""
        found = []
        for paid_with, label in PAID_WITH.items():
            mine = [one.entry for one in self.movements if one.entry.paid_with == paid_with and one.entry.payment_id]
            got = [entry.amount_cents for entry in mine if entry.kind == "receipt"]
            back = [entry.amount_cents for entry in mine if entry.kind == "reversal"]
            if mine:
                found.append(MeansSum(label, len(got), sum(got), sum(back)))
        return found

    @property
    def drawer(self) -> list[tuple[str, int]]:
        """How the cash in the drawer came about; it sums to what is expected there."""
        cash = [one.entry for one in self.movements if one.entry.paid_with == "cash"]
        lines = [("Abertura", self.desk.opening_cents)]
        for kind in CASH_KINDS:
            cents = sum(entry.amount_cents for entry in cash if entry.kind == kind)
            if any(entry.kind == kind for entry in cash):
                lines.append((LABELS[kind], cents))
        return lines


def desk_page(desk: CashDesk) -> DeskPage:
    """One desk with its company, its movements and what was done to it, in three questions."""
    company = db.session.get_one(Company, desk.company_id)
    undo = aliased(CashEntry)
    rows = (
        select(
            CashEntry,
            Invoice.number,
            Payment.invoice_id,
            Charge.description,
            Payment.person_id,
            Person.name,
            undo.id.is_not(None),
        )
        .outerjoin(Payment, Payment.id == CashEntry.payment_id)
        .outerjoin(Invoice, Invoice.id == Payment.invoice_id)
        .outerjoin(Charge, Charge.id == Payment.charge_id)
        .outerjoin(Person, Person.id == Payment.person_id)
        .outerjoin(undo, undo.undoes_id == CashEntry.id)
        .where(CashEntry.cash_desk_id == desk.id)
        .order_by(CashEntry.id)
    )
    told = select(Event).where(Event.subject_type == "cash_desk", Event.subject_id == desk.id)
    events = db.session.scalars(told.order_by(Event.id.desc()).limit(TOLD)).all()
    return DeskPage(desk, company, [Movement._make(row) for row in db.session.execute(rows)], list(events))
