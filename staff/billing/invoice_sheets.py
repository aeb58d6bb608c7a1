"""The invoices of a list as a file for a spreadsheet, all its pages, in its order (B-09)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.desk.invoices import HEADS, lines
from staff.billing.invoices import INVOICES, wanted
from web.access import staff
from web.csv import download

invoice_sheets = Blueprint("invoice_sheets", __name__)


@invoice_sheets.post("/faturas/planilha")
@staff("billing.read")
def create() -> ResponseReturnValue:
    asked = INVOICES.asked(request.form)
    return download("Faturas", "faturas", HEADS, lambda: lines(wanted(asked)))
