"""The board, and a card of it (U-11, U-12, U-26, U-27)."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from web.access import staff

cards = Blueprint("cards", __name__)


@cards.get("/planner")
@staff("telephony.read")
def index() -> ResponseReturnValue:
    return redirect(url_for("staff.home.index"))


@cards.get("/planner/cards/<int:id>")
@staff("telephony.read")
def show(id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.home.index"))
