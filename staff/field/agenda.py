"""What the pages of the agenda are asked with, and the way back to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for

from models import clock
from models.agenda import Diary
from models.work_orders import WorkOrder
from web.formats import parse_day
from web.forms import whole

BACK = "volta"  # of a form that was opened from the agenda


def asked_day() -> date:
    """The day in the address; today where none, or nonsense, stands there."""
    try:
        return parse_day(request.args.get("dia", ""))
    except ValueError:
        return clock.today()


def asked_group() -> int:
    """The group in the address; 0 where all are shown."""
    return whole(request.values.get("grupo"))


def groups_of(diary: Diary) -> dict[int, str]:
    """The groups of the technicians who are seen, by name."""
    found = {id: name for one in diary.technicians.values() for id, name in one.groups.items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def kept() -> dict[str, Any]:
    """What a form that was opened from the agenda carries on: that it was, and for which group."""
    if BACK not in request.values:
        return {}
    return {BACK: "agenda"} | ({"grupo": asked_group()} if asked_group() else {})


def agenda_of(order: WorkOrder) -> str:
    """The day of the visit in the agenda, with the focus on it; empty where the form was not opened from there."""
    if BACK not in request.values:
        return ""
    on = clock.local(order.starts_at, order.zone).date() if order.starts_at else clock.today()
    return url_for("staff.agenda_days.index", dia=on.isoformat(), grupo=asked_group() or None, visita=order.id)
