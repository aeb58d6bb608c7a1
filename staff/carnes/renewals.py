"""Próximos carnês: the services of all customers that need one now (B-07)."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models import clock
from models.desk.next_carnes import MOST, how_many, next_carnes
from web.access import staff

carne_renewals = Blueprint("carne_renewals", __name__)


@carne_renewals.get("/carnes/proximos")
@staff("billing.read")
def index() -> ResponseReturnValue:
    today = clock.today()
    return render_template("staff/carne_renewals/index.html", rows=next_carnes(today), count=how_many(today), most=MOST)
