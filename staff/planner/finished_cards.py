"""The cards in «Tudo OK», however many: the board shows the newest (U-11)."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.desk import board as desk
from staff.planner.cards import LONGEST
from web.access import staff
from web.paging import key_of, written

finished_cards = Blueprint("finished_cards", __name__)


@finished_cards.get("/planner/concluidos")
@staff("telephony.read")
def index() -> ResponseReturnValue:
    """The cards in «Tudo OK», the newest first, a page at a time."""
    words = (request.args.get("q") or "")[:LONGEST]
    found = desk.finished(words, key_of(request.args.get("apos"), desk.FINISHED))
    shown, more = found[: desk.PAGE], len(found) > desk.PAGE
    return render_template(
        "staff/finished_cards/index.html",
        cards=[card for _, card in shown],
        words=words,
        more=written(shown[-1][0]) if more else None,
        begins=not request.args.get("apos"),
    )
