"""Webhooks get lost: once a day the bank is asked for every Pix of the last days, and each goes the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from integrations.pix import Received, Unread
from jobs.pix import bank
from models.base import db
from models.collection import PixReceipt, ReportedPix
from models.collection.pix_receipt import unread_pix
from models.outbox import keep_left_out, open_keys, solve
from models.wording import brl, moment

WORK = "pix_reconciliation"
SPAN = timedelta(days=3)


def run(at: datetime) -> int:
    """Keep what nobody told us of, a page per commit; how many that were. What cannot be read is left out, alone.

    The last days were all asked about, so what was left out and can be read by now is solved, whoever told of it.
    """
    new, failed, waiting = 0, set[str](), {work: open_keys(work) for work in (WORK, "pix_webhook")}
    for page, odd in _pages(at):
        reported = [ReportedPix(pix.e2e_id, pix.txid, pix.cents, pix.at, pix.key) for pix in page]
        new += PixReceipt.keep_reported(reported, "reconciled")
        lefts = [unread_pix(pix.e2e_id, pix.why) for pix in odd]
        keep_left_out(WORK, lefts)
        failed |= {left.key for left in lefts}
        db.session.commit()
    for work, keys in waiting.items():
        solve(work, keys - failed)
    db.session.commit()
    return new


def rehearse(at: datetime) -> list[str]:
    """What the bank tells of; known or not, it is kept once."""
    return [
        line
        for page, odd in _pages(at)
        for line in (
            *(f"Pix {pix.e2e_id}: {brl(pix.cents)} em {moment(pix.at)}" for pix in page),
            *(f"Pix {pix.e2e_id or 'sem endToEndId'}: fica de fora, não se entende" for pix in odd),
        )
    ]


def _pages(at: datetime) -> Iterator[tuple[list[Received], list[Unread]]]:
    there = bank()
    return there.received_between(at - SPAN, at) if there else iter(())
