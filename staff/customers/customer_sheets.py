"""The customers of a list, or those ticked in it, as a file for a spreadsheet, in its order (B-09)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk import customer_list as questions
from staff.customers.lists import CUSTOMERS, wanted
from web.access import staff
from web.csv import download
from web.doors import me
from web.lists import chosen

customer_sheets = Blueprint("customer_sheets", __name__)


@customer_sheets.post("/clientes/planilha")
@staff("people.read")
def create() -> ResponseReturnValue:
    """All that the list finds now; only the ticked ones when there are such and «todos» is not."""
    want = wanted(CUSTOMERS.asked(request.form))
    only = [] if "todos" in request.form else list(chosen())
    heads = questions.HEADS | (questions.MONEY_HEADS if me().may("billing.read") else {})
    return download("Clientes", "clientes", heads, lambda: questions.lines(want, only))
