"""Atendimentos da parada: those it gathered; one is taken out of it, or put in (B-23)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.outages import OutageTicket, put_in, refusal_to_take_out, take_out
from models.refused import Refused
from models.tickets import Ticket
from staff.loading import load_row
from staff.network.outage_page import PATH, load, page
from web.access import staff
from web.forms import Form, text
from web.fragments import done

outage_tickets = Blueprint("outage_tickets", __name__)
NONE_SUCH = "Nenhum atendimento tem este protocolo. Confira os números."


class PuttingIn(Form):
    protocol = text("Protocolo do atendimento", 16)


@outage_tickets.get(f"{PATH}/atendimentos")
@staff("tickets.read")
def index(id: int) -> ResponseReturnValue:
    return _page(id, PuttingIn(formdata=None))


@outage_tickets.post(f"{PATH}/atendimentos")
@staff("network.outages")
def create(id: int) -> ResponseReturnValue:
    """Pôr: by its protocol, also one that was taken out."""
    outage, form = load(id), PuttingIn()

    def act() -> None:
        mine = select(Ticket).where(Ticket.protocol == (form.protocol.data or ""))
        ticket = db.session.scalars(mine).first()
        if ticket is None:
            raise Refused(NONE_SUCH, field="protocol")
        put_in(outage, ticket)

    if form.accepts(act):
        return done(url_for("staff.outage_tickets.index", id=id), f"{form.protocol.data} entrou na parada")
    return _page(id, form), form.code


@outage_tickets.post("/paradas/atendimentos/<int:id>/remover")
@staff("network.outages")
def destroy(id: int) -> ResponseReturnValue:
    """Tirar: by the number of its place in the outage."""
    row = load_row(OutageTicket, id)
    outage, ticket = load(row.outage_id), load_row(Ticket, row.ticket_id)
    take_out(outage, ticket)
    db.session.commit()
    return done(url_for("staff.outage_tickets.index", id=outage.id), f"{ticket.protocol} saiu da parada")


def _page(id: int, form: PuttingIn) -> str:
    outage = load(id)
    return page("staff/outages/tickets.html", outage, "tickets", form=form, refusal=refusal_to_take_out(outage))
