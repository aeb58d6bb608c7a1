"""The first page of an operator: what is under way and what waits."""

from __future__ import annotations

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


def _tickets() -> dict[str, int]:
    return tickets.counts(me().id, db.session.get_one(Operator, me().id).department_id)
