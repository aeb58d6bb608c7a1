"""Agendar Ordem de Serviço, with the day of the technician beside it, and Cancelar Agendamento (A-88, A-89)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import clock
from models.agenda import Asked, Diary, Proposal, order_as_visit, propose
from models.base import db
from models.desk.order_page import day_of
from models.refused import require
from models.work_orders import Conflict, FieldGroup, WorkOrder, WorkOrderKind, technicians_of
from models.work_orders.opening import start_of
from staff.field.agenda import agenda_of, kept
from staff.field.loading import PATH, again, load, page
from staff.loading import confirmed
from web.access import staff
from web.doors import me
from web.forms import Choice, DayField, Form, HourField
from web.fragments import done

appointments = Blueprint("appointments", __name__)
APPOINTMENT = f"{PATH}/agendamento"


class Scheduling(Form):
    start_on = DayField("Data")
    start_time = HourField("Hora")
    technician_id = Choice("Técnico")


@appointments.get(APPOINTMENT)
@staff("orders.schedule")
def new(id: int) -> ResponseReturnValue:
    """As it is scheduled now, unless a free hour was picked, which stands in the address."""
    order = load(id)
    require(order.refusal_to_schedule(), fix=order)
    form = Scheduling(request.args if "start_on" in request.args else None, data=_now(order))
    return _page(order, form.edits(order, lambda: Scheduling(formdata=None, data=_now(order))))


@appointments.post(APPOINTMENT)
@staff("orders.schedule")
def create(id: int) -> ResponseReturnValue:
    order, form = load(id), Scheduling()
    form.edits(order, lambda: Scheduling(formdata=None, data=_now(again(id))))

    def act() -> None:
        typed = (form.start_on.data, form.start_time.data, form.technician_id.data)
        order.schedule(*typed, form.seen, confirmed())

    if form.accepts(act):
        then = agenda_of(order) or url_for("staff.work_orders.show", id=id)
        return done(then, f"{order.label} agendada para {order.when}")
    return _page(again(id), form), form.code


@appointments.get(f"{APPOINTMENT}/dia")
@staff("orders.schedule")
def show(id: int) -> ResponseReturnValue:
    """The day of a technician, drawn beside what is chosen."""
    return render_template("staff/appointments/_day.html", **_day(load(id), Scheduling(request.args)))


def _now(order: WorkOrder) -> dict[str, Any]:
    if order.starts_at is None:
        return {"technician_id": order.technician_id}
    local = clock.local(order.starts_at, order.zone)
    return {"start_on": local.date(), "start_time": local.time(), "technician_id": order.technician_id}


def _page(order: WorkOrder, form: Scheduling) -> str:
    there = technicians_of(order.company_id)
    form.technician_id.offer(list(there.items()))
    group = db.session.get(FieldGroup, order.group_id) if order.group_id else None
    minutes = db.session.get_one(WorkOrderKind, order.kind_id).minutes
    diary = Diary.of_days(clock.today(), 0, proposing=True)
    found = [(_address(order, one), one) for one in propose(diary, Asked.of(order_as_visit(order.id)))]
    conflict = form.refused if isinstance(form.refused, Conflict) else None
    names = {"group": group.name if group else "", "minutes": minutes, "back": agenda_of(order)}
    return page(
        "staff/appointments/new.html",
        order,
        form=form,
        conflict=conflict,
        proposals=found,
        kept=kept(),
        **names,
        **_day(order, form),
    )


def _address(order: WorkOrder, free: Proposal) -> str:
    local = clock.local(free.starts_at, order.zone)
    chosen: dict[str, Any] = {
        "start_on": f"{local:%Y-%m-%d}",
        "start_time": f"{local:%H:%M}",
        "technician_id": free.technician_id,
    }
    return url_for("staff.appointments.new", id=order.id, **chosen, **kept())


def _day(order: WorkOrder, form: Scheduling) -> dict[str, Any]:
    """The visits of the chosen technician on the chosen day, and the one that is chosen among them."""
    names = technicians_of(order.company_id)
    technician, on, hour = form.technician_id.data, form.start_on.data, form.start_time.data
    if technician not in names or on is None:
        return {"day_of": "", "day": on, "visits": [], "chosen": None}
    visits = [one for one in day_of(technician, on, order.zone, me().company_id) if one.id != order.id]
    chosen = None
    if hour:
        starts_at = start_of({"start_on": on, "start_time": hour}, order.zone)
        minutes = db.session.get_one(WorkOrderKind, order.kind_id).minutes
        chosen = (starts_at, starts_at + timedelta(minutes=minutes))
    return {"day_of": names[technician], "day": on, "visits": visits, "chosen": chosen}
