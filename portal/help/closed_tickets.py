"""Pedidos encerrados."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.central.tickets import CLOSED_ONES, closed_ones
from web.access import subscriber
from web.doors import me
from web.forms import whole

closed_tickets = Blueprint("closed_tickets", __name__)


@closed_tickets.get("/ajuda/encerrados")
@subscriber("proved")
def index() -> ResponseReturnValue:
    found = closed_ones(me().id, whole(request.args.get("antes")) or None)
    shown = found[:CLOSED_ONES]
    following = shown[-1].ticket.id if len(found) > CLOSED_ONES else None
    return render_template("portal/help/closed.html", found=shown, following=following)
