"""What changed since the invoice before: the question every subscriber asks first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select

from models.base import BigInt, db
from models.billing.charge import MONTH, Charge, ChargeItem
from models.billing.invoice import Invoice


@dataclass(frozen=True)
class Change:
    """One line that costs something else now; 0 before: it is new, 0 after: it is gone."""

    label: str
    before_cents: int
    after_cents: int

    @property
    def cents(self) -> int:
        return self.after_cents - self.before_cents


@dataclass(frozen=True)
class Changes:
    """An invoice beside the one before it; no lines: it is the same."""

    invoice_id: int
    number: int
    due_on: date
    lines: tuple[Change, ...]

    @property
    def cents(self) -> int:
        return sum(line.cents for line in self.lines)


def changes_of(invoice: Invoice) -> Changes | None:
    """What this invoice charges otherwise than the one before; None for the first of its services. One question."""
    asked = {"invoice": invoice.id, "person": invoice.person_id, "due_on": invoice.due_on}
    rows = db.session.execute(_both(), asked).all()
    before = next((row for row in rows if row.id != invoice.id), None)
    if before is None:
        return None
    old, new = (_amounts(row for row in rows if row.id == id) for id in (before.id, invoice.id))
    lines = (Change(label, old.get(label, 0), new.get(label, 0)) for label in [*new, *(old.keys() - new.keys())])
    return Changes(before.id, before.number, before.due_on, tuple(line for line in lines if line.cents))


@cache
def _both() -> Select[*tuple[Any, ...]]:
    """What the invoice charges by item, and the latest earlier one that charges a month of one of its services."""
    own = bindparam("invoice", type_=BigInt)
    monthly = select(Charge.service_id).where(Charge.invoice_id == own, Charge.kind == "monthly")
    before = (
        select(Invoice.id)
        .join(Charge, Charge.invoice_id == Invoice.id)
        .where(
            Charge.person_id == bindparam("person"),
            Charge.kind == "monthly",
            Charge.service_id.in_(monthly),
            Invoice.status != "cancelled",
            Invoice.due_on < bindparam("due_on"),
        )
        .order_by(Invoice.due_on.desc(), Invoice.id.desc())
        .limit(1)
    )
    return (
        select(
            Invoice.id,
            Invoice.number,
            Invoice.due_on,
            Invoice.credit_cents,
            Charge,
            ChargeItem.position,
            ChargeItem.name,
            ChargeItem.amount_cents.label("cents"),
        )
        .join(Charge, Charge.invoice_id == Invoice.id)
        .join(ChargeItem, ChargeItem.charge_id == Charge.id)
        .where(or_(Invoice.id == own, Invoice.id == before.scalar_subquery()))
        .order_by(Charge.id, ChargeItem.position)
    )


def _amounts(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[str, int]:
    """What an invoice charges by line: the items of whole months, also of cut ones, every other charge as one."""
    amounts: dict[str, int] = {}
    rows = list(rows)
    cut = _cut({row.Charge.id: row.Charge for row in rows}.values())
    for row in rows:
        charge = row.Charge
        by_item = charge.kind == "monthly" and (not charge.prorata or charge.id in cut)
        label = row.name if by_item else charge.description
        amounts[label] = amounts.get(label, 0) + row.cents
        if charge.discount_cents and not row.position:
            amounts["Desconto"] = amounts.get("Desconto", 0) - charge.discount_cents
        if row.credit_cents:
            amounts["Crédito do cliente"] = -row.credit_cents
    return amounts


def _cut(charges: Iterable[Charge]) -> set[int]:
    """The charges of a month that an item begins in: stretches of one service, each beginning where another ends."""
    stretches = [charge for charge in charges if charge.kind == "monthly" and charge.description != MONTH]
    begins = {(charge.service_id, charge.period_start): charge.id for charge in stretches}
    found = set()
    for charge in stretches:
        follows = begins.get((charge.service_id, charge.period_end + timedelta(days=1))) if charge.period_end else None
        found |= {charge.id, follows} if follows else set()
    return found
