"""The work order of a page, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template
from sqlalchemy import select

from models.base import db
from models.desk.order_page import OrderPage, order_page
from models.files import Attachment
from models.work_orders import WorkOrder
from staff.loading import load_row

PATH = "/ordens/<int:id>"


def load(id: int) -> WorkOrder:
    """The row, to act on."""
    return load_row(WorkOrder, id)


def load_photo(id: int) -> tuple[WorkOrder, Attachment]:
    """A file that hangs on an order somebody may see, with the order."""
    row = db.session.scalars(select(Attachment).where(Attachment.id == id)).first()
    if row is None or row.subject_type != WorkOrder.__tablename__ or row.deleted_at:
        abort(404)
    return load(row.subject_id), row


def again(id: int) -> WorkOrder:
    """The row as it is now, after a refusal let go of it."""
    return db.session.scalars(select(WorkOrder).where(WorkOrder.id == id)).one()


def page(template: str, order: WorkOrder, **values: Any) -> str:
    """A page of the order: every one begins with the same facts."""
    found: OrderPage = order_page(order)
    return render_template(template, page=found, order=order, facts=found.facts, **values)
