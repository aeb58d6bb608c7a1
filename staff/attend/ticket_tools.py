"""Ferramentas as a page: where the button of every page of a ticket leads without JavaScript (A-44)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from staff.attend.loading import load_head, page
from web.access import staff

ticket_tools = Blueprint("ticket_tools", __name__)


@ticket_tools.get("/atendimentos/<int:id>/ferramentas")
@staff("tickets.read")
def index(id: int) -> ResponseReturnValue:
    head = load_head(id)
    return page("staff/ticket_tools/index.html", head.ticket, "ferramentas", head=head)
