"""Workspace - Home: the tickets of an operator, what is under way and what waits (A-01)."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models import clock
from models.base import db
from models.desk import home as questions
from models.desk import tickets
from models.desk.next_carnes import how_many
from models.desk.tasks import stopped_words
from models.operators import Operator
from models.services import STATUSES
from web.access import staff
from web.doors import me

home = Blueprint("home", __name__)
MINE, QUEUE = 8, 5  # tickets


@home.get("/")
@staff()
def index() -> ResponseReturnValue:
    now = clock.local(clock.now())
    greeting = "Bom dia" if now.hour < 12 else "Boa tarde" if now.hour < 18 else "Boa noite"
    return render_template(
        "staff/home/index.html",
        greeting=greeting,
        today=now.date(),
        drafts=questions.drafts(limit=8),
        released=questions.released_in_trust(),
        services=questions.services_by_status(),
        statuses=STATUSES,
        carnes=how_many(now.date()),
        tickets=_tickets() if me().may("tickets.read") else None,
        stopped=stopped_words(*questions.stopped_count()),
    )


class Tickets(NamedTuple):
    """What the home shows of tickets: how many, those of whoever looks, and what nobody in their sector has rescued."""

    counts: dict[str, int]
    mine: list[tickets.Listed]
    queue: list[tickets.Listed]
    followed: list[tickets.Listed]


def _tickets() -> Tickets:
    department = db.session.get_one(Operator, me().id).department_id
    mine = tickets.find(tickets.Wanted("meus", me().id, department), size=MINE)
    queue = tickets.find(tickets.Wanted("setor", me().id, department, free=True), size=QUEUE)
    followed = tickets.find(tickets.Wanted("acompanho", me().id, department), size=QUEUE)
    return Tickets(tickets.counts(me().id, department), mine.rows, queue.rows, followed.rows)
