"""Webhooks get lost: once a day the bank is asked for every Pix of the last days, and each goes the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from integrations.pix import Received, Unread
from jobs.pix import bank
from models.base import db
from models.collection import PixReceipt, ReportedPix
from models.collection.pix_receipt import unread_pix
from models.outbox import keep_left_out
from models.wording import brl, moment

WORK = "pix_reconciliation"
SPAN = timedelta(days=3)
GIVEN_BACK = timedelta(days=90)  # how long a Pix may be given back by the bank


def run(at: datetime) -> int:
    """Keep what nobody told us of, a page per commit; how many that were. What cannot be read is left out, alone.

    What was left out and can be read by now is solved as it is kept, whoever told of it; what the bank tells of no
    more was read by nobody, and waits for a person.
    """
    new = 0
    for page, odd in _pages(at):
        reported = [ReportedPix(pix.e2e_id, pix.txid, pix.cents, pix.at, pix.key, pix.returned_cents) for pix in page]
        new += PixReceipt.keep_reported(reported, "reconciled")
        lefts = [unread_pix(pix.e2e_id, pix.why) for pix in odd]
        keep_left_out(WORK, lefts)
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
    """What came in lately; then, some days a question, what was given back of what came in before."""
    there = bank()
    if there is None:
        return
    yield from there.received_between(at - SPAN, at)
    for ago in range(1, GIVEN_BACK // SPAN):
        yield from there.received_between(at - (ago + 1) * SPAN, at - ago * SPAN, given_back=True)
