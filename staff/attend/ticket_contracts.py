"""The contract of a ticket, chosen later: its deadline is counted anew (D-15)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.contracts import Contract
from models.refused import require
from models.services import Service
from models.tickets import Ticket
from staff.attend.loading import due_words, here, load, page
from web.access import staff
from web.forms import Choice, Form
from web.fragments import done

ticket_contracts = Blueprint("ticket_contracts", __name__)


class Associating(Form):
    contract_id = Choice("Contrato", empty="Nenhum, vale o SLA padrão")


@ticket_contracts.get("/atendimentos/<int:id>/contrato")
@staff("tickets.attend")
def edit(id: int) -> ResponseReturnValue:
    ticket = load(id)
    require(ticket.refusal_to_act(), fix=ticket)
    return _page(ticket, Associating(obj=ticket).edits(ticket))


@ticket_contracts.post("/atendimentos/<int:id>/contrato")
@staff("tickets.attend")
def update(id: int) -> ResponseReturnValue:
    ticket, form = load(id), Associating()
    if form.edits(ticket).accepts(lambda: ticket.associate(form.contract_id.data, form.seen)):
        return done(here(ticket), f"{ticket.protocol}: vence {due_words(ticket)}")
    return _page(ticket, form), form.code


def _page(ticket: Ticket, form: Associating) -> str:
    rows = select(Contract.id, Contract.number, Service.plan_name)
    rows = rows.join(Service, Service.id == Contract.service_id).where(Service.person_id == ticket.person_id)
    found = [
        (row.id, f"nº {row.number}, {row.plan_name}") for row in db.session.execute(rows.order_by(Contract.number))
    ]
    if ticket.contract_id and ticket.contract_id not in dict(found):
        found.append((ticket.contract_id, "o que ele tem, de outra empresa"))
    form.contract_id.offer(found)
    return page("staff/ticket_contracts/edit.html", ticket, form=form)
