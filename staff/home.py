"""Workspace - Home: what waits for whoever looks, by what they may do, and what goes on around it (A-01, B-15)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models import clock
from models.desk import home as questions
from models.desk import tickets
from models.operators import Principal
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
    counts = tickets.counts(who.id, who.department_id) if reads else {}
    return render_template(
        "staff/home/index.html",
        greeting="Bom dia" if now.hour < 12 else "Boa tarde" if now.hour < 18 else "Boa noite",
        today=today,
        counts=counts,
        tickets=tickets.at_home(who.id, who.department_id) if reads else {},
        tasks=tasks(who, counts.get("vencidos", 0)),
        tickets_first=not who.may("sales.sell"),
        **_beside(who, today),
    )


def _beside(who: Principal, today: Any) -> dict[str, Any]:
    """What goes on around the work of whoever looks; what is not theirs is not asked."""
    money, attends = who.may("billing.receive"), who.may("tickets.attend")
    fields = not attends  # whoever does not attend goes to the customers, or looks on
    return {
        "visits": questions.visits(today, who.id) if fields else None,
        "visits_of_all": questions.visits(today if money or not who.may("sales.sell") else today + WEEK)
        if attends
        else [],
        "due": questions.due_soon() if money else [],
        "services": questions.services_by_status() if who.may("people.read") and attends else [],
        "released": questions.released_in_trust() if who.may("billing.read") else [],
        "by_itself": questions.by_itself() if money else None,
        "commercial_tasks": TASKS if who.may("people.read") else (),
    }
