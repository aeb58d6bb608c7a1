"""Webhooks get lost: once a day the bank is asked for every Pix of the last days, and each goes the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from integrations.pix import Received
from jobs.pix import bank
from models.base import db
from models.collection import PixReceipt, ReportedPix
from models.wording import brl, moment

SPAN = timedelta(days=3)


def run(at: datetime) -> int:
    """Keep what nobody told us of, a page per commit; how many that were."""
    new = 0
    for page in _pages(at):
        reported = [ReportedPix(pix.e2e_id, pix.txid, pix.cents, pix.at, pix.key) for pix in page]
        new += PixReceipt.keep_reported(reported, "reconciled")
        db.session.commit()
    return new


def rehearse(at: datetime) -> list[str]:
    """What the bank tells of; known or not, it is kept once."""
    return [f"Pix {pix.e2e_id}: {brl(pix.cents)} em {moment(pix.at)}" for page in _pages(at) for pix in page]


def _pages(at: datetime) -> Iterator[list[Received]]:
    there = bank()
    return there.received_between(at - SPAN, at) if there else iter(())
