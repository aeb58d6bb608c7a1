"""Novo Cliente beside the customer of a draft in stages: it goes on with them, and with what was typed (A-07, C-04)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db
from models.people import Person
from models.refused import require
from models.tickets import Ticket
from staff.attend.loading import here, load, requires
from staff.attend.new_customers import AS_WELL, begun, drawn, registers, typed
from staff.loading import load_row
from staff.sales.redraws import redrawn
from web.access import staff
from web.forms import whole
from web.fragments import done

ticket_customers = Blueprint("ticket_customers", __name__)
PATH = "/atendimentos/<int:id>/novo-cliente"


@ticket_customers.get(PATH)
@staff("people.change")
def new(id: int) -> ResponseReturnValue:
    requires(*AS_WELL)
    ticket = load(id)
    require(ticket.refusal_to_change_customer(), fix=ticket)
    return drawn(begun(""), here(ticket), ticket)


@ticket_customers.post(PATH)
@staff("people.change")
def create(id: int) -> ResponseReturnValue:
    """Registered and chosen; or whoever has the document already, with `usar`."""
    requires(*AS_WELL)
    ticket, form = load(id), typed()
    require(ticket.refusal_to_change_customer(), fix=ticket)
    seen = whole(request.form.get("seen")) or None
    if redrawn("dados", form, request.form) is not None:
        return drawn(form, here(ticket), ticket)
    if known := whole(request.form.get("usar")):
        ticket.change_customer(load_row(Person, known), seen)
        db.session.commit()
        return _back(ticket, "cliente escolhido")
    if registers(form, lambda person: ticket.change_customer(person, seen)):
        return _back(ticket, "cliente cadastrado e escolhido")
    return drawn(form, here(ticket), ticket), form.code


def _back(ticket: Ticket, what: str) -> ResponseReturnValue:
    return done(here(ticket), f"{ticket.protocol}: {what}")
