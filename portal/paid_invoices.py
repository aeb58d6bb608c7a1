"""Faturas pagas (C-107), for whoever has shown who they are (D-11)."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.central import invoices as questions
from web.access import subscriber
from web.doors import me

paid_invoices = Blueprint("paid_invoices", __name__)


@paid_invoices.get("/faturas/pagas")
@subscriber("proved")
def index() -> ResponseReturnValue:
    return render_template("portal/invoices/paid.html", invoices=questions.paid_invoices(me().id))
