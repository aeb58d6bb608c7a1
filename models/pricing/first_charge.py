"""The first invoice as it will be issued: Conferir, the contract and the run ask here (D-05, decision 005)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from models.pricing.arithmetic import Composition, DayBase, Kind
from models.pricing.due_dates import in_hand
from models.pricing.first_invoice import FirstInvoice, first_invoice
from models.pricing.next_period import next_period


@dataclass(frozen=True)
class Begins:
    """What decides when a service is charged for the first time. `sold_on`: the day it was saved."""

    starts_on: date
    due_day: int
    billing_type: Kind
    base: DayBase
    bills_from: date | None
    sold_on: date

    @property
    def taken_over(self) -> bool:
        """Another system charged it before, its installation fee too."""
        return bool(self.bills_from and self.starts_on < self.bills_from)


def first_charge(composition: Composition, begins: Begins, fee_cents: int) -> FirstInvoice:
    """The first invoice, with the due date it will say; amounts in cents. Raises Refused as `first_invoice` does."""
    start, due = next_period(begins.starts_on, None, begins.due_day, begins.billing_type, begins.bills_from)
    fee = 0 if begins.taken_over else fee_cents
    invoice = first_invoice(composition, start, due, begins.billing_type, begins.base, fee, due_day=begins.due_day)
    return replace(invoice, payable_on=in_hand(due, begins.sold_on, begins.starts_on))
