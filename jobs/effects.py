"""What each kind of effect does. Own tables are written in the transaction that finishes the effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import current_app
from sqlalchemy.orm import undefer

from jobs.distribution import distribute_order
from jobs.mails import send_code, send_notice
from jobs.outages import answer_outage, gather_tickets
from jobs.pix import confirm_pix, request_pix
from jobs.settling import settle_file
from jobs.ticket_mails import tell_ticket
from jobs.timetable import run_again
from models import clock
from models.base import db, read_only
from models.documents import Document
from models.dunning import look_again, review
from models.network import Connection
from models.operators import company_of
from models.outbox import enqueue, waits
from models.services import Service
from models.work_orders import WorkOrder
from web import pdf
from web.documents import DOCUMENTS

Done = Callable[[], None]


def apply_access(payload: dict[str, Any]) -> Done:
    """Tell the access server what a service may use now; what it confirms is kept on the connection."""
    with read_only():
        service = db.session.get_one(Service, payload["service_id"], populate_existing=True)
        access, id = service.access, service.id
    current_app.extensions["radius"].apply(id, access)

    def keep() -> None:
        # While we spoke the service may have moved, and the newer word may have been said before ours.
        if not Connection.confirm(db.session.get_one(Service, id), access):
            apply_again(payload)

    return keep


def apply_again(payload: dict[str, Any]) -> None:
    """Tell the access server once more: what it heard last may be an older word."""
    id = payload["service_id"]
    if not waits(f"apply_access:{id}:"):
        enqueue("apply_access", f"{id}:again:{uuid4().hex}", payload)


def render_document(payload: dict[str, Any]) -> Done:
    """Print a document once; one that is ready stays as it is."""
    with read_only():
        document = db.session.get_one(Document, payload["document_id"], options=[undefer(Document.values)])
        ready, kind, values = document.ready, document.kind, document.values
    if ready:
        return lambda: None
    html, css = DOCUMENTS[kind](values)
    content = pdf.render(html, css, {})

    def keep() -> None:
        db.session.get_one(Document, payload["document_id"]).keep(content)

    return keep


def review_service(payload: dict[str, Any]) -> Done:
    """A debt changed: the service comes back when nothing holds it any more, or stops again (X-07, B-01)."""

    def keep() -> None:
        service = db.session.get_one(Service, payload["service_id"])
        today, invoice_id = clock.today(company_of(service).zone), payload.get("invoice_id")
        if payload.get("reopened") and invoice_id:
            look_again(service.id, invoice_id, today)
        else:
            review(service.id, today, paid=payload["paid"], invoice_id=invoice_id)

    return keep


def repeat_routine(payload: dict[str, Any]) -> Done:
    """Run a routine because a person asked; what it says of itself stands in its own log."""
    run_again(payload["routine"], payload["key"])
    return lambda: None


def order_closed(payload: dict[str, Any]) -> Done:
    """An installation was closed: its service, where it still waits, is enabled and begins to be charged (D-19)."""
    return lambda: db.session.get_one(WorkOrder, payload["work_order_id"]).enable_service()


EFFECTS: dict[str, Callable[[dict[str, Any]], Done]] = {
    "apply_access": apply_access,
    "render_document": render_document,
    "review_service": review_service,
    "send_notice": send_notice,
    "send_code": send_code,
    "tell_ticket": tell_ticket,
    "request_pix": request_pix,
    "confirm_pix": confirm_pix,
    "settle_file": settle_file,
    "repeat_routine": repeat_routine,
    "order_closed": order_closed,
    "distribute_order": distribute_order,
    "gather_tickets": gather_tickets,
    "answer_outage": answer_outage,
}

# What one that came too late leaves to be done: another worker has finished it, perhaps before this one spoke.
LATE: dict[str, Callable[[dict[str, Any]], None]] = {"apply_access": apply_again}
