"""What the customer has is not what it was: it is looked at once more, before anything is sold (D-02)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from staff.telephony.loading import load_request
from web.access import staff
from web.forms import whole
from web.fragments import go_on

request_rechecks = Blueprint("request_rechecks", __name__)


@request_rechecks.post("/planner/pedidos/<int:id>/conferir-de-novo")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    row = load_request(id)
    row.check_again(whole(request.form.get("seen")))
    db.session.commit()
    return go_on(url_for("staff.upgrade_checks.edit", id=id), "De volta à conferência")
