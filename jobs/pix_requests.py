"""Invoices the bank does not know, or knows otherwise than they are: it is told, whoever changed them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from sqlalchemy import select

from jobs import rows
from jobs.pix import bank
from models import clock
from models.base import db
from models.billing import INVOICE_STATUSES, Invoice
from models.collection import PixCharge
from models.collection.pix_charge import untold, with_stale_pix, without_pix
from models.wording import brl, day


def run(at: datetime) -> int:
    """Ask for each, one commit each; may be killed anywhere and run twice."""
    there = bank()
    needs = untold(there.key) if there else None  # due or not: it was never registered
    return rows.each("pix_requests", _found(at), _request, rows.named("invoice"), needs)


def rehearse(at: datetime) -> list[str]:
    """Which invoices, and what the bank would hear; changes nothing."""
    found = select(Invoice).where(Invoice.id.in_(list(_found(at)))).order_by(Invoice.id)
    return [
        f"fatura {row.number}: "
        + (f"{brl(row.open_cents)} até {day(row.due_on)}" if row.status == "open" else INVOICE_STATUSES[row.status])
        for row in db.session.scalars(found)
    ]


def _found(at: datetime) -> Iterator[int]:
    there = bank()
    if there is None:
        return iter(())
    new = without_pix(there.key, clock.local(at, clock.ZONE).date())  # a bank counts its days in Brasília
    return chain(rows.batches(new), rows.batches(with_stale_pix()))


def _request(id: int) -> bool:
    PixCharge.request(db.session.scalars(select(Invoice).where(Invoice.id == id)).one())
    return True
