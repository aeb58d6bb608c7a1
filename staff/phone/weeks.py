"""Semana: the days to come that have visits (A-122)."""

from __future__ import annotations

from flask import Blueprint

from models.desk.technician_visits import week_of
from staff.phone.loading import ROOT, draw
from web.access import staff
from web.doors import me

visit_weeks = Blueprint("visit_weeks", __name__)


@visit_weeks.get(f"{ROOT}/semana")
@staff("orders.close")
def index() -> str:
    return draw("staff/phone/week.html", "Semana", days=week_of(me().id))
