"""Ensaio do faturamento: what the next run would issue, customer by customer; the routine itself runs every hour."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.desk.billing_run import rehearse
from web.access import staff
from web.forms import whole

runs = Blueprint("runs", __name__)


@runs.get("/faturamento")
@staff("billing.charge")
def index() -> ResponseReturnValue:
    return render_template("staff/runs/index.html", run=rehearse(whole(request.args.get("depois"))))
