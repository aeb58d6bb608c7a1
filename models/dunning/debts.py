"""What services owe: invoices past their day, with the notice each had. Questions only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, case, or_, select

from models.banking import last_late_due
from models.base import db
from models.billing import Charge, Invoice
from models.dunning.debt_notice import Debt, DebtNotice
from models.notices import Notice


def debts_of(service_ids: Sequence[int], on: date) -> dict[int, list[Debt]]:
    """By service, the invoices that are late on a day, the oldest first; one question."""
    found: dict[int, list[Debt]] = {}
    for row in db.session.execute(_of_services(on), {"services": list(service_ids)}):
        found.setdefault(row.service_id, []).append(Debt(**row._mapping))
    return found


@lru_cache(100)
def _of_services(on: date) -> Select[*tuple[Any, ...]]:
    rows = late_debts(on).where(Charge.service_id.in_(bindparam("services", expanding=True)))
    return rows.order_by(Charge.service_id, Invoice.due_on, Invoice.id)


@lru_cache(100)  # a day is asked about many times
def late_debts(on: date) -> Select[*tuple[Any, ...]]:
    """The columns of `Debt`, one row for each service and invoice that is late on a day."""
    noticed = (DebtNotice.service_id == Charge.service_id) & (DebtNotice.invoice_id == Invoice.id)
    noticed &= DebtNotice.noticed_on > Invoice.due_on  # an earlier one was of a due date that moved since
    came_back = Notice.status == "failed"
    return (
        select(
            Charge.service_id,
            Invoice.id.label("invoice_id"),
            Invoice.number,
            Invoice.due_on,
            (Invoice.total_cents - Invoice.paid_cents).label("open_cents"),
            case((came_back, None), else_=DebtNotice.noticed_on).label("noticed_on"),
            case((came_back, None), else_=DebtNotice.suspends_on).label("suspends_on"),
            case((came_back, None), else_=DebtNotice.channel).label("channel"),
            or_(DebtNotice.notice_id.is_(None), Notice.status == "sent").label("arrived"),
        )
        .join(Invoice, Invoice.id == Charge.invoice_id)
        .outerjoin(DebtNotice, noticed)
        .outerjoin(Notice, Notice.id == DebtNotice.notice_id)
        .where(Invoice.status == "open", Invoice.due_on <= last_late_due(on))
        .distinct()
    )
