"""Comercial records what was agreed with the customer, before anything is launched (U-10)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from models.telephony import UpgradeRequest
from staff.telephony.closing import Agreeing, agreed, agreeing
from staff.telephony.loading import AGREES, load_request, page
from web.access import staff
from web.fragments import go_on

agreements = Blueprint("agreements", __name__)


@agreements.get("/planner/pedidos/<int:id>/acordo")
@staff("telephony.work")
def edit(id: int) -> ResponseReturnValue:
    row = load_request(id)
    require(row.refusal_to_agree(), fix=row)
    return _page(row, agreeing(row))


@agreements.post("/planner/pedidos/<int:id>/acordo")
@staff("telephony.work")
def update(id: int) -> ResponseReturnValue:
    row = load_request(id)
    form = agreed(row)
    if form.accepts(lambda: row.agree(form.agreed_with.data, form.agreed_on.data, form.agreed_cents.data, form.seen)):
        following = "upgrade_requests.show" if row.is_line else "launches.new"
        return go_on(url_for(f"staff.{following}", id=id), "Acordo registrado")
    return _page(row, form), form.code


def _page(row: UpgradeRequest, form: Agreeing) -> str:
    return page("staff/agreements/edit.html", row, AGREES, form=form)
