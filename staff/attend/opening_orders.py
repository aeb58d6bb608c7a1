"""The order step of the quick form: ticket and order are saved together, or neither (C-67 to C-69)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import RadioField

from models.base import db
from models.express_check import ExpressCheck
from models.refused import Refused
from models.tickets import Ticket
from models.tickets.opening import opening_errors
from models.wording import hour, near
from models.work_orders import (
    ORDER_STATUSES,
    PENDING,
    Choices,
    Conflict,
    WorkOrder,
    WorkOrderKind,
    save_with_order,
)
from models.work_orders.opening import start_of
from staff.attend.loading import here, load, requires
from staff.attend.openings import ORDER, keep, kind_of, list_of, opening_page, saved, stored
from staff.loading import confirmed
from web.access import staff
from web.forms import Choice, DayField, Form, HourField, lines
from web.fragments import done

opening_orders = Blueprint("opening_orders", __name__)
PATH = "/atendimentos/<int:id>/abertura/ordem"


class OrderOpening(Form):
    order_kind_id = Choice("Tipo de OS")
    order_status = RadioField("Status", choices=[(key, ORDER_STATUSES[key]) for key in PENDING], validate_choice=False)
    order_technician_id = Choice("Técnico")
    order_start_on = DayField("Data")
    order_start_time = HourField("Hora")
    order_description = lines("Descrição", 2000)

    def order(self) -> dict[str, Any]:
        """As WorkOrder.open takes it; a day and an hour only of one that is scheduled."""
        asked = {name: self[f"order_{name}"].data for name in ORDER}
        return asked if asked["status"] == "scheduled" else asked | {"start_on": None, "start_time": None}

    def refuse(self, no: Refused) -> None:
        """Its fields have names of their own beside those of the ticket."""
        named = {name: f"order_{name}" for name in ORDER}
        no.errors = {named.get(name, name): sentence for name, sentence in no.errors.items()}
        super().refuse(no)


@opening_orders.get(PATH)
@staff("orders.open")
def edit(id: int) -> ResponseReturnValue:
    """Only behind a first step that could be saved as it stands."""
    requires("tickets.attend")
    ticket = load(id)
    if ticket.refusal_to_go_on() or ticket.staged:
        return done(here(ticket))
    first = stored(ticket)
    if opening_errors(ticket.company_id, kind_of(first), first.answers()):
        return done(url_for("staff.openings.edit", id=id))
    return _page(ticket, _stored(ticket).edits(ticket, lambda: _stored(load(id))))


@opening_orders.post(PATH)
@staff("orders.open")
def update(id: int) -> ResponseReturnValue:
    """Salvar; Voltar and Guardar e sair take what is typed as it is."""
    requires("tickets.attend")
    ticket, form = load(id), OrderOpening()
    form.edits(ticket, lambda: _stored(load(id)))
    if "redesenhar" in request.form:
        return _page(ticket, form)
    if "voltar" in request.form or "sair" in request.form:
        keep(ticket)
        db.session.commit()
        if "voltar" in request.form:
            return done(url_for("staff.openings.edit", id=id))
        return done(url_for("staff.tickets.index", aba="rascunhos"), f"{ticket.protocol} guardado em Rascunhos")
    first, opened = stored(ticket), list[WorkOrder]()
    kind, answers = kind_of(first), first.answers()

    def act() -> None:
        opened.append(save_with_order(ticket, kind, answers, form.order(), form.seen, confirmed=confirmed()))
        ExpressCheck.diagnose(ticket)

    if form.accepts(act):
        return done(url_for("staff.tickets.index", **list_of(ticket)), saved(ticket, opened[0].label))
    return _page(load(id), form), form.code


def _stored(ticket: Ticket) -> OrderOpening:
    """As it was typed, read as a post is; at first what the ticket is about."""
    kept = {f"order_{name}": ticket.typed.get(f"order_{name}", "") for name in ORDER}
    kept["order_status"] = kept["order_status"] or "open"
    kept["order_description"] = kept["order_description"] or ticket.typed.get("report", "")[:2000]
    return OrderOpening(formdata=MultiDict(kept))


def _page(ticket: Ticket, form: OrderOpening) -> str:
    choices = Choices.of(ticket.company_id)
    form.order_kind_id.offer(list(choices.kinds.items()))
    form.order_technician_id.offer(list(choices.technicians.items()))
    conflict = form.refused if isinstance(form.refused, Conflict) else None
    free = None if conflict else _free(ticket, form.order(), choices)
    return opening_page("staff/tickets/opening_order.html", ticket, form=form, conflict=conflict, free=free)


def _free(ticket: Ticket, order: dict[str, Any], choices: Choices) -> tuple[str, str] | None:
    """Whether the chosen technician is free at the chosen hour: tone and words; None before all three are chosen."""
    technician = choices.technicians.get(order["technician_id"])
    if not technician or order["kind_id"] not in choices.kinds or not order["start_on"] or not order["start_time"]:
        return None
    found = WorkOrder.doubts_about(order, choices.technicians, ticket.company_id)
    if found:
        return "warn", Conflict(found).sentence
    starts_at = start_of(order, ticket.zone)
    ends_at = starts_at + timedelta(minutes=db.session.get_one(WorkOrderKind, order["kind_id"]).minutes)
    begins = near(starts_at, ticket.zone).replace(" às ", " das ")
    return "ok", f"{technician} está livre {begins} às {hour(ends_at, ticket.zone)}."
