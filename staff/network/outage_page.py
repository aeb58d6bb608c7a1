"""What every page of an outage begins with: the row, and its head with three tabs and what was credited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template

from models import clock
from models.desk import outage_page
from models.desk.outage_reach import Reach, Which, fall, reach
from models.network import Outage, touched
from models.pricing.downtime import LEAST
from models.wording import lasted
from staff.loading import load_row
from staff.network import pictures
from web.doors import me
from web.history import actor, icon, sentence

PATH = "/paradas/<int:id>"


def load(id: int) -> Outage:
    return load_row(Outage, id)


def page(template: str, outage: Outage, tab: str, which: Which | None = None, **values: Any) -> str:
    """A page of an outage. `which`: the conditions of whom it touches, where they were asked for already."""
    of = which if which is not None else touched(outage.where)
    found: Reach = values.pop("reached", None) or reach(of)
    tickets = values.pop("tickets", None)
    tickets = outage_page.tickets_of(outage.id) if tickets is None else tickets
    return render_template(
        template,
        outage=outage,
        tab=tab,
        reach=found,
        tickets=tickets,
        gathered=[row for row in tickets if row.membership.state != "out"],
        money=outage_page.credits_of(outage.id) if me().may("billing.read") else None,
        why=outage.refusal_to_change(),
        age=lasted(int((clock.now() - outage.opened_at).total_seconds())),
        **values,
    )


def show_page(
    outage: Outage, body: str = "", visibility: str = "subscriber", errors: Mapping[str, Any] | None = None
) -> str:
    """The log, with what was typed below it."""
    which = touched(outage.where)
    return page(
        "staff/outages/show.html",
        outage,
        "log",
        which,
        log=outage_page.log_of(outage.id),
        line=pictures.fall(fall(which, outage.opened_at, outage.closed_at), outage.zone),
        least=LEAST,
        body=body,
        visibility=visibility,
        errors=errors or {},
        icon_of=icon,
        actor_of=actor,
        sentence_of=sentence,
    )
