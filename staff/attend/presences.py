"""Every 15 seconds: I am here, who else is, and what came since I opened it? It never renews a session."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.base import db
from models.desk import ticket_page
from models.tickets import look
from staff.attend.loading import load
from web.access import staff
from web.doors import me
from web.forms import whole

presences = Blueprint("presences", __name__)


@presences.post("/atendimentos/<int:id>/presenca")
@staff("tickets.read", renews=False)
def update(id: int) -> ResponseReturnValue:
    ticket = load(id)
    look(ticket.id, me().id)
    db.session.commit()
    shown, typed = request.args.get("mostrar", ""), request.args.get("desde", "")
    since = whole(typed) if typed == "0" or whole(typed) else None
    return render_template(
        "staff/tickets/_present.html",
        ticket=ticket,
        present=ticket_page.present(ticket.id, me().id),
        since=since,
        shown=shown if shown in ticket_page.SHOWN else "tudo",
        fresh=0 if since is None else ticket_page.fresh(ticket.id, shown, since),
    )
