"""The tickets of a list as a file for a spreadsheet, all its pages, in its order (B-09)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk import tickets as questions
from staff.attend.lists import TICKETS, wanted
from web.access import staff
from web.csv import download

ticket_sheets = Blueprint("ticket_sheets", __name__)


@ticket_sheets.post("/atendimentos/planilha")
@staff("tickets.read")
def create() -> ResponseReturnValue:
    asked = TICKETS.asked(request.form)
    return download("Atendimentos", "atendimentos", questions.HEADS, lambda: questions.lines(wanted(asked)))
