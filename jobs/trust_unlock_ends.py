"""The end of a release in trust: suspended again with the earlier status if the debt remains (C-99, X-07)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select

from jobs import rows
from models import clock
from models.base import db
from models.services import STATUSES, Service, Suspension, TrustUnlock
from models.wording import moment


def run(at: datetime) -> int:
    """Carry out the ends that are due, one commit each; may be killed anywhere and run twice."""
    due, named = rows.batches(_due(at)), rows.named("service")
    return rows.each("trust_unlock_ends", due, lambda id: _review(id, at), named, _due(clock.now()))


def rehearse(at: datetime) -> list[str]:
    """Who would be touched, and why; changes nothing."""
    due = (
        select(Service.id, Service.plan_name, TrustUnlock.ends_at, Suspension.status)
        .join(TrustUnlock, TrustUnlock.service_id == Service.id)
        .outerjoin(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .where(TrustUnlock.status == "active", TrustUnlock.ends_at <= at)
    )
    return [
        f"serviço {row.id} ({row.plan_name}): liberação até {moment(row.ends_at)}; "
        + (f"volta a {STATUSES[row.status]}" if row.status else "não há mais suspensão, só encerra")
        for row in db.session.execute(due.order_by(TrustUnlock.ends_at))
    ]


def _due(at: datetime) -> Select[int]:
    return select(TrustUnlock.service_id).where(TrustUnlock.status == "active", TrustUnlock.ends_at <= at)


def _review(service_id: int, at: datetime) -> bool:
    return db.session.get_one(Service, service_id).review_trust(at) is not None
