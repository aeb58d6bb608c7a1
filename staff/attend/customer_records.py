"""Cadastro do Cliente: the record, looked up and updated from inside the ticket (A-47)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk import customer_page
from models.people import Person
from models.refused import require
from staff.attend.inside import look_from
from staff.attend.loading import load_head, page, requires
from staff.customers.details import record_of
from staff.loading import load_row
from web.access import staff

customer_records = Blueprint("customer_records", __name__)


@customer_records.get("/atendimentos/<int:id>/cadastro-do-cliente")
@staff("people.read")
def show(id: int) -> ResponseReturnValue:
    """A tool: it needs rescue. Whoever may change people does so from the customer's own page, too."""
    requires("tickets.read")
    head = load_head(id)
    require(head.ticket.refusal_to_act(head.holder), fix=head.ticket)
    look_from(head.ticket, head.holder)
    person = load_row(Person, head.ticket.person_id)
    of = customer_page.head(person.id)
    return page("staff/customer_records/show.html", head.ticket, "cadastro", head=head, of=of, **record_of(person))
