"""Hoje: the visits of today, where one is, and what is left from before (A-122)."""

from __future__ import annotations

from flask import Blueprint

from models.desk.technician_visits import today_of
from staff.phone.loading import ROOT, draw
from web.access import staff
from web.doors import me

visit_days = Blueprint("visit_days", __name__)


@visit_days.get(f"{ROOT}/")
@staff("orders.close")
def index() -> str:
    return draw("staff/phone/day.html", "Hoje", day=today_of(me().id))
