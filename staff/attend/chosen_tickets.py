"""An act on every ticket somebody ticked: who is held by another is refused by name, the others are done (B-09)."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models import clock
from models.base import db, reads_from_here
from models.operators.company import zones
from models.refused import Refused
from models.scope import TODAS
from models.tickets import Ticket
from models.wording import counted
from staff.attend.lists import ACTS, TICKETS
from web.access import staff
from web.doors import me
from web.fragments import done
from web.lists import chosen, each

chosen_tickets = Blueprint("chosen_tickets", __name__)


@chosen_tickets.post("/atendimentos/escolhidos")
@staff("tickets.attend")
def create() -> ResponseReturnValue:
    """Back to the list when all were done; else a page that says of each what became of it."""
    bulk = ACTS.get(request.form.get("acao", ""))
    if bulk is None:
        raise Refused("Diga o que fazer com os atendimentos escolhidos.")
    asked, seen = TICKETS.asked(request.form), chosen()
    rows = {row.id: row for row in db.session.scalars(select(Ticket).where(Ticket.id.in_(seen)).order_by(Ticket.id))}
    told = {id: (row.protocol, row.subject) for id, row in rows.items()}  # read before the commit, once
    there = {**dict(zones()), TODAS: me().zone}

    def act(ticket: Ticket, version: int) -> None:
        with clock.in_zone(there[ticket.company_id]):  # a refusal says hours
            bulk.act(ticket, version)

    outcomes = each(rows, act, seen)
    db.session.commit()
    acted, gone = sum(one.refusal is None for one in outcomes), len(seen) - len(outcomes)
    if acted == len(seen):
        return done(asked.address(), counted(acted, *bulk.done))
    reads_from_here()
    values = {"bulk": bulk, "outcomes": outcomes, "told": told, "acted": acted, "gone": gone, "asked": asked}
    page = render_template("staff/chosen_tickets/result.html", **values)
    answer = make_response(page, 200 if acted else 422)
    answer.headers["Content-Location"] = asked.address()
    return answer
