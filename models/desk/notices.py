"""Avisos enviados: what a customer was told, how, and with which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.base import db
from models.dunning import DebtNotice
from models.notices import NOTICE_STATUSES, Notice

IN_CENTRAL = "Na Central"


@dataclass(frozen=True)
class SentNotice:
    at: datetime
    title: str
    by: str
    status: str  # of Notice; 'sent' for what stands in the Central
    status_name: str
    text: str


def notices(person_id: int, limit: int = 50) -> list[SentNotice]:
    """The newest first: mails, and debts told in the Central to whoever has no e-mail that works. Two questions."""
    mails = select(Notice).where(Notice.person_id == person_id).order_by(Notice.id.desc())
    debts = select(DebtNotice).where(DebtNotice.person_id == person_id, DebtNotice.channel == "portal")
    sent = [
        SentNotice(row.created_at, row.subject, row.address, row.status, NOTICE_STATUSES[row.status], row.body)
        for row in db.session.scalars(mails.limit(limit))
    ]
    sent += [
        SentNotice(row.created_at, "Débito em aberto", IN_CENTRAL, "sent", NOTICE_STATUSES["sent"], row.text)
        for row in db.session.scalars(debts.order_by(DebtNotice.id.desc()).limit(limit))
    ]
    return sorted(sent, key=lambda one: one.at, reverse=True)[:limit]
