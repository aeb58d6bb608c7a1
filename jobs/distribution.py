"""Hands a work order to the field tool outside, and keeps what it answers (A-83)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app

from integrations.iclass import FieldOrder, IclassRefused
from models import clock
from models.base import db, read_only
from models.desk.order_page import order_page
from models.work_orders import Distribution, WorkOrder

Done = Callable[[], None]
ENDED = "a ordem terminou aqui antes de ser enviada"
NO_TOOL = "o iClass não está configurado nesta instalação"


def distribute_order(payload: dict[str, Any]) -> Done:
    """Raises IclassTrouble when there is no answer; then it is tried again under the same key."""
    id, tool = payload["distribution_id"], current_app.extensions["iclass"]
    with read_only():
        found = db.session.get_one(Distribution, id)
        order = db.session.get_one(WorkOrder, found.work_order_id)
        if not found.is_queued:
            return lambda: None
        refusal = ENDED if order.has_ended else "" if tool else NO_TOOL
        told = _told(order)
    code = ""
    if not refusal:
        try:
            code = tool.distribute(told)
        except IclassRefused as no:
            refusal = str(no)

    def keep() -> None:
        row = db.session.get_one(Distribution, id)
        db.session.get_one(WorkOrder, row.work_order_id).distributed(row, code, refusal)

    return keep


def _told(order: WorkOrder) -> FieldOrder:
    page = order_page(order)
    facts = page.facts
    begins, ends = order.starts_at, order.ends_at
    return FieldOrder(
        key=f"enlace-os-{order.number}",
        number=order.number,
        kind=facts.kind.name,
        description=order.description,
        customer=facts.person.name,
        phones=tuple(page.phones),
        address=facts.address.text if facts.address else "",
        starts_at=clock.local(begins, order.zone) if begins else None,
        ends_at=clock.local(ends, order.zone) if ends else None,
        technician=facts.technician,
        protocol=facts.ticket.protocol if facts.ticket else None,
    )
