"""The invoices of a list as a file for a spreadsheet, all its pages, in its order (B-09)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk.invoices import HEADS, lines
from staff.billing.invoices import INVOICES, wanted
from web.access import staff
from web.csv import download
from web.lists import chosen

invoice_sheets = Blueprint("invoice_sheets", __name__)


@invoice_sheets.post("/faturas/planilha")
@staff("billing.read")
def create() -> ResponseReturnValue:
    """Only the ticked ones when there are such."""
    asked, only = INVOICES.asked(request.form), list(chosen())
    return download("Faturas", "faturas", HEADS, lambda: lines(wanted(asked), only))
