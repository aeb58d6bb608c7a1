"""From inside a ticket: the pages of its customer, opened from it, act in it and lead back to it (A-44, A-46, A-47).

An address of such a page carries `atendimento=<id>`. Everything it links to and posts carries it too, so that whoever
follows stays inside; what is done stands in the timeline. Whoever does not hold the ticket only reads there.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from flask import Blueprint, abort, current_app, request, url_for

from models.refused import require
from models.tickets import Ticket
from staff.attend.loading import load
from staff.customers.menu import CUSTOMERS
from staff.field.menu import FIELD
from web.access import access_of
from web.doors import act_inside, me
from web.forms import whole
from web.inside import PARAMETER, Inside, enter, inside
from web.navigation import Entry, lit_by

# Blueprints about the record of a customer: from these one goes back to Cadastro do Cliente, from others to the Painel.
RECORD = ("details", "tags", "document_corrections", "company_moves", "central_passwords")


def init_door(door: Blueprint, *entries: Entry) -> None:
    """The pages below these entries of the menu, besides those of a customer, can be opened from inside a ticket."""
    among = (CUSTOMERS, *entries)
    door.before_request(partial(_come_in, among))
    door.url_defaults(partial(_carry, among))


def look_from(ticket: Ticket, holder_name: str | None = None, back: str = "") -> None:
    """What this request draws from now on leads to pages inside the ticket."""
    refusal = partial(ticket.refusal_to_use, holder_name=holder_name)
    why = ticket.refusal_to_act(holder_name)
    enter(Inside(ticket.id, ticket.protocol, ticket.person_id, back, why, refusal))


def _come_in(among: tuple[Entry, ...]) -> None:
    """Of a request whose address says so: the ticket is in scope, of this customer, and held where one acts."""
    id = whole(request.args.get(PARAMETER))
    if not id or lit_by(request.endpoint) not in among:
        return
    if not me().may("tickets.read"):
        abort(404)
    ticket = load(id)
    room = str(request.endpoint).split(".")[1]
    look_from(ticket, back=_back(id, room))
    act_inside(ticket.id, ticket.person_id)
    access = access_of(request.endpoint)
    require(ticket.refusal_to_use(access.permission) if access and access.permission else None, fix=ticket)


def _back(id: int, room: str) -> str:
    """The part of the ticket this page was opened from."""
    if lit_by(request.endpoint) == FIELD:
        return url_for("staff.ticket_orders.index", id=id)
    return url_for(f"staff.{'customer_records' if room in RECORD else 'customer_panels'}.show", id=id)


def _carry(among: tuple[Entry, ...], endpoint: str, values: dict[str, Any]) -> None:
    """The number of the ticket, in the address of what is about one row of its customer."""
    here = inside()
    if here is None or "id" not in values or lit_by(endpoint) not in among:
        return
    if not _is_of_person(endpoint) or values["id"] == here.person_id:
        values.setdefault(PARAMETER, here.ticket_id)


@cache
def _is_of_person(endpoint: str) -> bool:
    return any(rule.rule.startswith("/clientes/<int:id>") for rule in current_app.url_map.iter_rules(endpoint))
