"""Is the worker about to bring a service back? Beside the other columns of a question, as `review` will decide it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, String, and_, cast, or_, select

from models.dunning.cut import Cut
from models.outbox import Effect, waiting
from models.services import Service, Suspension

REVIEW = "review_service"


def paid_waits() -> ColumnElement[bool]:
    """A payment of one of its late invoices came in, and its review is still to come. Asked beside `Service`."""
    return waiting(REVIEW, cast(Service.id, String) + ":paid:")


def review_waits() -> ColumnElement[bool]:
    """A review that may end its open suspension is still to come. Asked beside `Service` and `Suspension`.

    What the ladder cut comes back however the debt ended: by an invoice cancelled, written off, contested or due
    later, or by another ladder. What a person suspended comes back by a payment alone.
    """
    any_of_it = waiting(REVIEW, cast(Service.id, String) + ":", Effect.key.not_like("%:reopened:%"))
    by_ladder = select(Cut.id).where(Cut.suspension_id == Suspension.id).exists()
    return or_(paid_waits(), and_(by_ladder, any_of_it))
