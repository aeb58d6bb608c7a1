"""Histórico: what was done to a booklet, by whom and when (C-113)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from staff.carnes.loading import load, page
from web.access import staff

carne_histories = Blueprint("carne_histories", __name__)


@carne_histories.get("/carnes/<int:id>/historico")
@staff("billing.read")
def index(id: int) -> ResponseReturnValue:
    carne = load(id)
    return page("staff/carne_histories/index.html", carne, events=carne.history())
