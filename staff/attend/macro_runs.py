"""Macros in a ticket: which there are, what one would do, and how far it went (B-10, decision 028)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db, reads_from_here
from models.desk import ticket_page
from models.refused import Refused, Stale, require
from models.tickets import Ticket
from models.wording import counted
from models.workflows import Macro
from staff.attend.loading import here, load, page
from web.access import staff
from web.doors import me
from web.forms import whole
from web.fragments import done

macro_runs = Blueprint("macro_runs", __name__)


@macro_runs.get("/atendimentos/<int:id>/macros")
@staff("tickets.attend")
def index(id: int) -> ResponseReturnValue:
    ticket = load(id)
    require(ticket.refusal_to_run(), fix=ticket)
    return page("staff/macro_runs/index.html", ticket, "macros", macros=ticket.macros())


@macro_runs.get("/atendimentos/<int:id>/macros/execucao")
@staff("tickets.attend")
def new(id: int) -> ResponseReturnValue:
    """What it would do now, act by act, with the texts it would say."""
    ticket, number = load(id), whole(request.args.get("macro"))
    if not number:
        return redirect(url_for("staff.macro_runs.index", id=id), 303)
    require(ticket.refusal_to_run(), fix=ticket)
    macro = _macro(ticket, number)
    money = me().may("billing.read")
    kept = ticket_page.seen(id, me().id)
    more: dict[str, Any] = {
        "plan": ticket.plan(macro, sees_money=money),
        "shown": ticket.shown(macro, sees_money=money),
    }
    return page("staff/macro_runs/new.html", ticket, "macros", macro=macro, unsent=kept and kept.draft, **more)


@macro_runs.post("/atendimentos/<int:id>/macros/execucao")
@staff("tickets.attend")
def create(id: int) -> ResponseReturnValue:
    """Back to the ticket when all was done; else a page that says what was, what was refused and what was not tried."""
    ticket = load(id)
    macro = _macro(ticket, whole(request.form.get("macro")))
    try:
        version, shown = whole(request.form.get("seen")), request.form.get("shown", "")
        ran = ticket.run(macro, version, sees_money=me().may("billing.read"), shown=shown)
    except Stale as no:
        no.fix = ticket
        raise
    db.session.commit()
    if not ran.refused:
        return done(here(ticket), f"{macro.name}: {counted(len(ran.done), 'ato feito', 'atos feitos')}")
    reads_from_here()
    drawn = page("staff/macro_runs/result.html", load(id), "macros", macro=_macro(ticket, macro.id), ran=ran)
    answer = make_response(drawn, 200 if ran.changed else 422)
    answer.headers["Content-Location"] = here(ticket)
    return answer


def _macro(ticket: Ticket, id: int) -> Macro:
    """One that may be run here. Raises Refused for any other: out of use, of another company, or none."""
    found = next((row for row in ticket.macros() if row.id == id), None)
    if found is None:
        raise Refused("Esta macro não está entre as deste atendimento. Escolha outra na lista.", fix=ticket)
    return found
