"""Workspace - Home: what waits for whoever looks, by what they may do, and what goes on around it (A-01, B-15)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models import clock
from models.desk import tickets
from models.operators import Principal
from models.work_orders import where_now
from models.worklist import counts, events, money, sales
from staff import home_charts
from staff.customers.commercial_tasks import TASKS
from staff.worklist import tasks
from web.access import staff
from web.doors import me

home = Blueprint("home", __name__)
WEEK = timedelta(days=6)


@home.get("/")
@staff()
def index() -> ResponseReturnValue:
    now, who = clock.local(clock.now()), me()
    today = now.date()
    reads = who.may("tickets.read")
    waiting = tickets.counts(who.id, who.department_id) if reads else {}
    return render_template(
        "staff/home/index.html",
        greeting="Bom dia" if now.hour < 12 else "Boa tarde" if now.hour < 18 else "Boa noite",
        today=today,
        counts=waiting,
        tickets=tickets.at_home(who.id, who.department_id) if reads else {},
        tasks=tasks(who, waiting.get("vencidos", 0)),
        tickets_first=not who.may("sales.sell"),
        commercial_tasks=TASKS if who.may("people.read") else (),
        **_beside(who, today),
    )


def _beside(who: Principal, today: date) -> dict[str, Any]:
    """The pictures and the rail, of whoever takes money, sells or attends; what is not theirs is not asked."""
    if who.may("billing.receive") and who.may("billing.read"):
        return _of_money(who)
    if who.may("sales.sell"):
        return {
            "charts": [home_charts.sales(sales.sold())],
            "stages": sales.stages() if who.may("telephony.read") else [],
            "visits": counts.visits(today + WEEK),
            "visits_title": "Visitas da semana",
        }
    if who.may("tickets.attend"):
        return {
            "hours": home_charts.hours(events.hours()),
            "visits": counts.visits(today),
            "visits_title": "Visitas de hoje",
        }
    own = counts.visits(today, who.id)
    return {"own_visits": own, "own_where": where_now(visit.order.id for visit in own)}


def _of_money(who: Principal) -> dict[str, Any]:
    """With the hours of the desk, for whoever also answers for it."""
    month, night = money.money(), events.night()
    hours = {"hours": home_charts.hours(events.hours())} if who.may("tickets.reopen") else {}
    return hours | {
        "charts": [home_charts.money(month), home_charts.blocked(night.days)],
        "money": month,
        "services": counts.services_by_status(),
        "released": counts.released_in_trust(),
        "by_itself": night.today,
    }
