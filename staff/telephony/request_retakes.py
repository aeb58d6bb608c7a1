"""The customer thought better of it: what ended without an order waits where it waited (U-34)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from staff.telephony.loading import load_request
from web.access import staff
from web.forms import whole
from web.fragments import done

request_retakes = Blueprint("request_retakes", __name__)


@request_retakes.post("/planner/pedidos/<int:id>/retomada")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    row = load_request(id)
    row.take_up_again(whole(request.form.get("seen")))
    db.session.commit()
    return done(url_for("staff.upgrade_requests.show", id=id), f"Pedido retomado: {row.status_words.lower()}")
