"""What services owe: invoices past their day, with the notice each had. Questions only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select

from models.banking import business_day
from models.base import db
from models.billing import Charge, Invoice
from models.dunning.debt_notice import DebtNotice
from models.notices import Notice


@dataclass(frozen=True)
class Debt:
    """An open invoice of a service that is late: from `late_since` on it is owed with fine and interest."""

    service_id: int
    invoice_id: int
    number: int
    due_on: date
    open_cents: int
    noticed_on: date | None  # None: not told yet, or the mail came back
    suspends_on: date | None

    @property
    def late_since(self) -> date:
        """The first day after the last one it could be paid without charges (Lei 7.089/1983)."""
        return business_day(self.due_on) + timedelta(days=1)


def debts_of(service_ids: Sequence[int], on: date) -> dict[int, list[Debt]]:
    """By service, the invoices that are late on a day, the oldest first; one question."""
    found: dict[int, list[Debt]] = {}
    for row in db.session.execute(_rows(on).where(Charge.service_id.in_(service_ids))):
        told = row.noticed_on if row.mail != "failed" else None
        debt = Debt(
            row.service_id,
            row.id,
            row.number,
            row.due_on,
            row.total_cents - row.paid_cents,
            told,
            row.suspends_on if told else None,
        )
        if debt.late_since <= on:
            found.setdefault(row.service_id, []).append(debt)
    return found


def services_in_debt(on: date) -> Select[int]:
    """The numbers of services with a late invoice, for a routine to go through in batches."""
    return (
        select(Charge.service_id)
        .join(Invoice, Invoice.id == Charge.invoice_id)
        .where(Invoice.status == "open", Invoice.due_on < on)
        .distinct()
    )


def _rows(on: date) -> Select[*tuple[Any, ...]]:
    told = (DebtNotice.service_id == Charge.service_id) & (DebtNotice.invoice_id == Invoice.id)
    return (
        select(
            Charge.service_id,
            Invoice.id,
            Invoice.number,
            Invoice.due_on,
            Invoice.total_cents,
            Invoice.paid_cents,
            DebtNotice.noticed_on,
            DebtNotice.suspends_on,
            Notice.status.label("mail"),
        )
        .join(Invoice, Invoice.id == Charge.invoice_id)
        .outerjoin(DebtNotice, told)
        .outerjoin(Notice, Notice.id == DebtNotice.notice_id)
        .where(Invoice.status == "open", Invoice.due_on < on)
        .distinct()
        .order_by(Charge.service_id, Invoice.due_on, Invoice.id)
    )
