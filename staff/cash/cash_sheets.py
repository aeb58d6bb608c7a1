"""The cash desks of a list as a file for a spreadsheet (B-17)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk.cash_desks import HEADS, lines
from staff.cash.cash_desks import DESKS, wanted
from staff.cash.loading import PATH
from web.access import staff
from web.csv import download

cash_sheets = Blueprint("cash_sheets", __name__)


@cash_sheets.post(f"{PATH}/planilha")
@staff("billing.cash_desk")
def create() -> ResponseReturnValue:
    asked = DESKS.asked(request.form)
    return download("Caixas", "caixas", HEADS, lambda: lines(wanted(asked)))
