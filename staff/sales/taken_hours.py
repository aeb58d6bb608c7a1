"""What the technician of an installation has to do on its day, drawn beside the hour that is chosen (C-18)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.sales import Sale
from models.work_orders.taken_hours import taken_hours
from staff.sales.forms import Installation
from staff.sales.loading import load
from web.access import staff

taken = Blueprint("taken_hours", __name__)


@taken.get("/vendas/<int:id>/horas-tomadas")
@staff("sales.sell")
def show(id: int) -> ResponseReturnValue:
    sale, typed = load(id), Installation(formdata=request.args)
    return render_template("staff/sales/_taken.html", **hours_of(sale, typed.technician_id.data, typed.start_on.data))


def hours_of(sale: Sale, technician_id: int | None, on: date | None) -> dict[str, Any]:
    """What _taken.html shows: the technician by name and the hours of the day; nothing while one is not chosen."""
    technician = sale.offer.lists.technicians.get(technician_id or 0)
    hours = taken_hours(technician_id, on, sale.zone) if technician and technician_id and on else []
    return {"technician": technician, "taken_on": on, "taken": hours}
