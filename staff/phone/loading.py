"""The visit of a page: an order of whoever is signed in; another technician's is not there, as one that never was."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, url_for
from sqlalchemy import select

from models import clock
from models.base import db
from models.desk.technician_visits import visit_page
from models.work_orders import WorkOrder, steps_of
from staff.loading import stand_by
from web.doors import me

ROOT = "/tecnico"
PATH = f"{ROOT}/ordens/<int:id>"
TABS = (
    ("Hoje", "calendar-event", "staff.visit_days.index"),
    ("Semana", "calendar-check", "staff.visit_weeks.index"),
    ("Procurar", "search", "staff.visit_searches.new"),
    ("Conta", "user", "staff.phone_accounts.show"),
)


def load(id: int) -> WorkOrder:
    """The row, to act on: only of whoever it is given to (A-122)."""
    mine = select(WorkOrder).where(WorkOrder.id == id, WorkOrder.technician_id == me().id)
    row = db.session.scalars(mine).one_or_none()
    if row is None:
        abort(404)
    stand_by(row)
    return row


def draw(template: str, tab: str, **values: Any) -> str:
    """A page of the phone, with the tab it stands under."""
    tabs = [
        {"label": label, "icon": icon, "href": url_for(endpoint), "current": label == tab}
        for label, icon, endpoint in TABS
    ]
    now_ms = int(clock.now().timestamp() * 1000)  # a device measures its own clock by it
    return render_template(template, tabs=tabs, now_ms=now_ms, **values)


def visit(template: str, order: WorkOrder, **values: Any) -> str:
    """A page of one visit: every one begins with the same facts."""
    steps = steps_of(order.id)
    page = visit_page(order, steps, me().may("tickets.read"))
    values |= {"photos": [one for one in steps if one.photo]}
    return draw(template, "Hoje", order=order, steps=steps, page=page, visit=page.visit, **values)
