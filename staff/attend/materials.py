"""Material de Apoio of the subprocess a ticket is in, read without leaving it (A-45, A-117)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.desk import ticket_page
from staff.attend.loading import load, page
from web.access import staff

materials = Blueprint("ticket_materials", __name__)


@materials.get("/atendimentos/<int:id>/material-de-apoio")
@staff("tickets.read")
def index(id: int) -> ResponseReturnValue:
    ticket = load(id)
    found = ticket_page.materials(ticket.step_id) if ticket.step_id else []
    return page("staff/ticket_materials/index.html", ticket, "material", materials=found)
