"""Ordens de Serviço of a ticket: the list, a new one, and for which of them a tool is (A-80 to A-90)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField

from models import clock
from models.agenda import Asked, Diary, place_of, propose
from models.base import db
from models.desk import customer_page
from models.desk import ticket_orders as questions
from models.refused import Refused, require
from models.tickets import Ticket
from models.wording import duration, hour, near
from models.work_orders import Choices, Conflict, FieldGroup, WorkOrder, WorkOrderKind, open_from
from models.work_orders.opening import start_of
from staff.attend.inside import look_from
from staff.attend.loading import load, load_head, page, requires
from staff.attend.tools import ASK
from staff.field.distributions import field_tool, outside
from staff.field.orders import Editing
from staff.loading import confirmed
from web.access import staff
from web.doors import me
from web.forms import Choice, Form, whole
from web.fragments import go_on

ticket_orders = Blueprint("ticket_orders", __name__)
PATH = "/atendimentos/<int:id>/ordens-de-servico"
LATER, ELSEWHERE = "depois", "outro"


class Act(NamedTuple):
    """A tool that is for one order: its words, its page, what permits it, and the question its verb asks."""

    label: str
    endpoint: str
    permission: str
    refusal: Callable[[WorkOrder], str | None]


ACTS = {
    "agendar": Act(
        "Agendar Ordem de Serviço", "staff.appointments.new", "orders.schedule", WorkOrder.refusal_to_schedule
    ),
    "cancelar-agendamento": Act(
        "Cancelar Agendamento", "staff.unschedulings.new", "orders.schedule", WorkOrder.refusal_to_unschedule
    ),
    "encerrar": Act("Encerrar O.S.", "staff.order_closings.new", "orders.close", WorkOrder.refusal_to_close),
}


class Opening(Editing):
    group_id = Choice("Grupo de Atendimento preferencial")
    defect_id = Choice("Defeito Associado")
    when = RadioField("Quando", validate_choice=False)
    distribute = BooleanField("Distribuir a O.S. para o IClass")

    def order(self) -> dict[str, Any]:
        """What is opened, with technician, day and hour of the free hour that was picked."""
        return {**self.data, **_picked(self.when.data)}


class Choosing(Form):
    ordem = RadioField("Ordem de serviço", validate_choice=False)


@ticket_orders.get(PATH)
@staff("tickets.read")
def index(id: int) -> ResponseReturnValue:
    requires("orders.read")
    head = load_head(id)
    look_from(head.ticket, head.holder)
    return page(
        "staff/ticket_orders/index.html", head.ticket, "ordens", head=head, rows=questions.of_ticket(id), **outside()
    )


@ticket_orders.get(f"{PATH}/nova")
@staff("orders.open")
def new(id: int) -> ResponseReturnValue:
    requires("tickets.read")
    ticket = load(id)
    require(ticket.refusal_to_act(), fix=ticket)
    return _page(ticket, Opening(data={"description": ticket.report[:2000], "when": LATER}))


@ticket_orders.post(f"{PATH}/nova")
@staff("orders.open")
def create(id: int) -> ResponseReturnValue:
    requires("tickets.read")
    ticket, form = load(id), Opening()
    if "redesenhar" in request.form:
        return _page(ticket, form)
    opened: list[WorkOrder] = []
    if not form.accepts(lambda: opened.append(_open(ticket, form))):
        return _page(load(id), form), form.code
    order = opened[0]
    if form.when.data == ELSEWHERE:
        there = url_for("staff.appointments.new", id=order.id, atendimento=id)
        return go_on(there, f"{order.label} aberta. Falta agendar")
    when = f", agendada para {order.when}" if order.is_scheduled else ", sem agenda"
    return go_on(url_for(".index", id=id), f"{order.label} aberta{when}")


@ticket_orders.get(f'{PATH}/<any("agendar","cancelar-agendamento","encerrar"):slug>')
@staff("tickets.read")
def show(id: int, slug: str) -> ResponseReturnValue:
    """Which one? Where one alone fits, nothing is asked; of none that was picked, and of one that does not fit, why."""
    act, ticket = ACTS[slug], load(id)
    require((None if me().may(act.permission) else ASK) or ticket.refusal_to_act(), fix=ticket)
    rows = questions.of_ticket(id)
    refusals = {row.order.id: act.refusal(row.order) for row in rows}
    fit = [number for number, refusal in refusals.items() if refusal is None]
    asked, form = "escolhida" in request.args, Choosing(formdata=request.args)
    picked = whole(form.ordem.data)
    if not asked and len(fit) == 1:
        picked = fit[0]
    if picked in fit:
        return redirect(url_for(act.endpoint, id=picked, atendimento=id), 303)
    if asked:
        form.ordem.errors = [refusals.get(picked) or "Escolha a ordem de serviço."]
    form.ordem.choices = [(str(row.order.id), f"{row.order.label}, {row.kind}") for row in rows]
    about = {str(row.order.id): refusals[row.order.id] or row.words for row in rows}
    closed = [str(number) for number, refusal in refusals.items() if refusal]
    drawn = page(
        "staff/ticket_orders/show.html", ticket, "ordens", act=act, slug=slug, form=form, about=about, closed=closed
    )
    return drawn, 422 if asked else 200


def _open(ticket: Ticket, form: Opening) -> WorkOrder:
    ticket.require_held()
    row = open_from(ticket, form.order(), confirmed=confirmed())
    if form.distribute.data and field_tool() is not None:
        row.distribute()
    return row


def _picked(value: str | None) -> dict[str, Any]:
    """Technician, day and hour of a radio: '2026-11-24T14:00/7'; nothing of the two others."""
    if value in (None, "", LATER, ELSEWHERE):
        return {}
    moment, _, technician = str(value).partition("/")
    try:
        start = datetime.strptime(moment, "%Y-%m-%dT%H:%M")  # noqa: DTZ007  # of the wall, as every typed hour
    except ValueError:
        raise Refused("Escolha quando.", field="when") from None
    return {"start_on": start.date(), "start_time": start.time(), "technician_id": whole(technician) or None}


def _page(ticket: Ticket, form: Opening) -> str:
    form.choose_from(choices := Choices.of(ticket.company_id))
    kind = choices.kinds.get(form.kind_id.data) if isinstance(form.kind_id.data, int) else None
    minutes = db.session.get_one(WorkOrderKind, form.kind_id.data).minutes if kind else 0
    about = {ELSEWHERE: "no passo seguinte, com o dia de cada técnico", LATER: "entra na fila do grupo"}
    slots = _slots(ticket, form, minutes) if kind else {}
    conflict = form.refused if isinstance(form.refused, Conflict) else None
    if conflict and form.when.data not in slots:  # somebody was faster: it may be taken all the same
        slots[str(form.when.data)] = (
            _words(form.when.data, minutes, ticket.zone, choices.technicians),
            "ocupado agora",
        )
    form.when.choices = [
        *((value, words) for value, (words, _) in slots.items()),
        (ELSEWHERE, "Escolher outra data, hora ou técnico"),
        (LATER, "Deixar sem agenda"),
    ]
    if form.when.data not in dict(form.when.choices):
        form.when.data = LATER
    if field_tool() is None:
        del form.distribute
    look_from(ticket)
    orders = customer_page.work_orders(ticket.person_id)
    return page(
        "staff/ticket_orders/new.html",
        ticket,
        "ordens",
        form=form,
        choices=choices,
        group=choices.groups.get(form.group_id.data),
        about=about | {value: fits for value, (_, fits) in slots.items()},
        lasts=f"Dura {duration(minutes)}" if kind else "",
        others=orders,
        conflict=conflict,
        **outside(),
    )


def _slots(ticket: Ticket, form: Opening, minutes: int) -> dict[str, tuple[str, str]]:
    """The hours proposed for it: value of the radio, its words, and why it is proposed."""
    id, zone = form.group_id.data, ticket.zone
    group = db.session.get(FieldGroup, id) if isinstance(id, int) else None
    place = place_of(ticket.person_id, ticket.service_id)
    asked = Asked(ticket.company_id, minutes, group.id if group else None, ticket.due_at, place)
    found = {}
    for one in propose(Diary.of_days(clock.today(zone), 0, proposing=True), asked):
        value = f"{clock.local(one.starts_at, zone):%Y-%m-%dT%H:%M}/{one.technician_id}"
        reasons = "; ".join(one.reasons(group.name if group else "", zone))
        found[value] = (_hours(one.starts_at, one.ends_at, one.technician, zone), reasons)
    return found


def _words(value: Any, minutes: int, zone: str, technicians: dict[int, str]) -> str:
    """An hour that was picked and is not proposed any more."""
    picked = _picked(value)
    starts_at = start_of(picked, zone)
    name = technicians.get(picked["technician_id"], "")
    return _hours(starts_at, starts_at + timedelta(minutes=minutes), name, zone)


def _hours(starts_at: datetime, ends_at: datetime, technician: str, zone: str) -> str:
    """'Hoje, 14:00 às 15:30, João Pedro de Alcântara'."""
    words = f"{near(starts_at, zone).replace(' às ', ', ')} às {hour(ends_at, zone)}, {technician}"
    return f"{words[0].upper()}{words[1:]}"
