"""Agenda, the week: each technician's visits of each day, and how full the day is (X-14)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.agenda import Diary
from models.agenda.week import monday_of, week_of
from staff.field.agenda import asked_day, asked_group, groups_of
from staff.field.agenda_days import PATH
from web.access import staff
from web.doors import me

agenda_weeks = Blueprint("agenda_weeks", __name__)


@agenda_weeks.get(f"{PATH}/semana")
@staff("orders.read")
def index() -> ResponseReturnValue:
    on, group = asked_day(), asked_group()
    first = monday_of(on)
    diary = Diary.of_days(first, 7)

    def at(days: int = 0, **more: Any) -> str:
        kept = {"grupo": group or None, **more}
        return url_for("staff.agenda_weeks.index", dia=(first + timedelta(days=days)).isoformat(), **kept)

    return render_template(
        "staff/agenda/week.html",
        week=week_of(diary, on, me().company_id, group),
        on=on,
        today=clock.today(),
        group=group,
        groups=groups_of(diary),
        at=at,
        of_group=lambda grupo: at(grupo=grupo),
    )
