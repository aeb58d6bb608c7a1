"""What changed since the invoice before: the question every subscriber asks first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from models.base import db
from models.billing.charge import Charge, ChargeItem
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
    """What this invoice charges otherwise than the one before; None for the first of its services. Two questions."""
    before = db.session.execute(_before(invoice)).first()
    if before is None:
        return None
    amounts = _amounts((before.id, invoice.id))
    old, new = amounts[before.id], amounts[invoice.id]
    lines = (Change(label, old.get(label, 0), new.get(label, 0)) for label in [*new, *(old.keys() - new.keys())])
    return Changes(before.id, before.number, before.due_on, tuple(line for line in lines if line.cents))


def _before(invoice: Invoice) -> Select[int, int, date]:
    """The latest earlier invoice that charges a month of one of the services this one charges a month of."""
    monthly = select(Charge.service_id).where(Charge.invoice_id == invoice.id, Charge.kind == "monthly")
    return (
        select(Invoice.id, Invoice.number, Invoice.due_on)
        .join(Charge, Charge.invoice_id == Invoice.id)
        .where(
            Charge.person_id == invoice.person_id,
            Charge.kind == "monthly",
            Charge.service_id.in_(monthly),
            Invoice.status != "cancelled",
            Invoice.due_on < invoice.due_on,
        )
        .order_by(Invoice.due_on.desc(), Invoice.id.desc())
        .limit(1)
    )


def _amounts(invoice_ids: tuple[int, int]) -> dict[int, dict[str, int]]:
    """What each invoice charges by line: the items of whole months, every other charge as one."""
    rows = (
        select(Invoice.id, Charge, ChargeItem.position, ChargeItem.name, ChargeItem.amount_cents.label("cents"))
        .join(Charge, Charge.invoice_id == Invoice.id)
        .join(ChargeItem, ChargeItem.charge_id == Charge.id)
        .where(Invoice.id.in_(invoice_ids))
        .order_by(Charge.id, ChargeItem.position)
    )
    found: dict[int, dict[str, int]] = {id: {} for id in invoice_ids}
    for invoice_id, charge, position, name, cents in db.session.execute(rows):
        amounts = found[invoice_id]
        label = name if charge.kind == "monthly" and not charge.prorata else charge.description
        amounts[label] = amounts.get(label, 0) + cents
        if charge.discount_cents and not position:
            amounts["Desconto"] = amounts.get("Desconto", 0) - charge.discount_cents
    return found
