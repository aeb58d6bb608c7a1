"""Já paguei: how long each way of paying takes to arrive, and what to do meanwhile."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.invoices import open_or_404
from web.access import subscriber

clearings = Blueprint("clearings", __name__)


@clearings.get("/faturas/<int:id>/ja-paguei")
@subscriber("weak")
def show(id: int) -> ResponseReturnValue:
    return render_template("portal/invoices/clearing.html", invoice=open_or_404(id))
