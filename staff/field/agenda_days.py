"""Agenda, the day: each technician's visits across half hours, and what waits for an hour with its proposal (X-14)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.agenda import Asked, Diary, Proposal, Visit, Waiting, propose, waiting_orders
from models.agenda.day import day_of
from models.desk.ticket_signs import Clock
from models.wording import month_name, weekday
from staff.field.agenda import asked_day, asked_group, groups_of
from staff.field.loading import load
from web.access import staff
from web.doors import me
from web.forms import whole

agenda_days = Blueprint("agenda_days", __name__)
PATH = "/ordens-de-servico/agenda"


class Queued(NamedTuple):
    """An order without an hour, its clock, and the hour that is proposed first."""

    order: Visit
    clock: Clock | None
    proposal: Proposal | None
    reasons: str
    fields: dict[str, Any]  # of the post that takes it


@agenda_days.get(PATH)
@staff("orders.read")
def index() -> ResponseReturnValue:
    """`ordem` in the address: that order is being placed, and every free half hour leads to its form."""
    on, group, company_id = asked_day(), asked_group(), me().company_id
    diary = Diary.of_days(on, 1, proposing=True)
    queue, more = waiting_orders(group)
    moving = load(whole(request.args["ordem"])) if "ordem" in request.args and me().may("orders.schedule") else None
    no = moving.refusal_to_schedule() if moving else None
    return render_template(
        "staff/agenda/day.html",
        day=day_of(diary, on, company_id, group),
        queue=[_queued(diary, one, group) for one in queue],
        more=more,
        title=_title(on),
        on=on,
        today=clock.today(),
        now=clock.now(),
        group=group,
        groups=groups_of(diary),
        moving=None if no else moving,
        refusal=no,
        placed=whole(request.args.get("visita")),
        at=_at,
        placing=f"{_at(on, ordem=None)}&ordem=",  # and the number of an order: its address stands at every visit
        of_group=lambda grupo: _at(on, grupo=grupo),
    )


def _at(on: date, days: int = 0, **more: Any) -> str:
    """The address of this page on another day."""
    kept = {"grupo": asked_group() or None, "ordem": whole(request.args.get("ordem")) or None, **more}
    return url_for("staff.agenda_days.index", dia=(on + timedelta(days=days)).isoformat(), **kept)


def _title(on: date) -> str:
    """'Terça-feira, 24 de novembro', of another year with it."""
    year = "" if on.year == clock.today().year else f" de {on.year}"
    return f"{weekday(on).partition(',')[0].capitalize()}, {on.day} de {month_name(on)}{year}"


def _queued(diary: Diary, waiting: Waiting, group: int) -> Queued:
    order = waiting.order
    zone = diary.hours(order.company_id).zone
    first = next(iter(propose(diary, Asked.of(order), most=1)), None)
    fields: dict[str, Any] = {}
    if first:
        local = clock.local(first.starts_at, zone)
        fields = {"version": order.version, "start_on": f"{local:%Y-%m-%d}", "start_time": f"{local:%H:%M}"}
        fields |= {"technician_id": first.technician_id, "volta": "agenda", "grupo": group or ""}
    reasons = "; ".join(first.reasons(order.group, zone)) if first else ""
    return Queued(order, Clock.of(waiting.ticket) if waiting.ticket else None, first, reasons, fields)
