"""The board, a card of it, and those that rest in «Tudo OK» (U-11, U-12, U-26, U-27)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from models.boards import CardMove, places
from models.desk import board as desk
from models.desk.board import Asked
from models.telephony import of
from staff.loading import load_row
from staff.planner.loading import load_card
from staff.planner.loading import show as draw
from web.access import staff
from web.doors import me
from web.forms import whole
from web.fragments import wants_fragment

cards = Blueprint("cards", __name__)
LONGEST = 60  # letters of a search


@cards.get("/planner")
@staff("telephony.read")
def index() -> ResponseReturnValue:
    """The board. Asked again by its own timer with `desde`, it answers nothing while nothing happened."""
    since = whole(request.args.get("desde"))
    if wants_fragment() and since and not desk.changed_since(since):
        return Response(status=204)
    asked = asked_of_the_board()
    found = desk.board(asked)
    if wants_fragment():
        return render_template("staff/cards/_news.html", board=found, asked=asked, of=of)
    procedure_id = next((column.row.procedure_id for column in found.columns if column.row.procedure_id), None)
    more = {"shown_words": desk.SHOWN, "of": of, "procedure_id": procedure_id, **_moved()}
    return render_template("staff/cards/index.html", board=found, asked=asked, **more)


@cards.get("/planner/cards/<int:id>")
@staff("telephony.read")
def show(id: int) -> ResponseReturnValue:
    return draw(load_card(id), after=request.args.get("apos"))


def asked_of_the_board() -> Asked:
    shown = request.args.get("mostrar", "todos")
    return Asked(shown if shown in desk.SHOWN else "todos", (request.args.get("q") or "").strip()[:LONGEST])


def _moved() -> dict[str, Any]:
    """The move that led here without a script, while it can be taken back, with the card's customer and its column."""
    id = whole(request.args.get("movido"))
    if not id or not me().may("telephony.work"):
        return {}
    row = load_row(CardMove, id)
    card = load_card(row.card_id)
    if row.refusal_to_undo(card):
        return {}
    shown = desk.card_of(card.id, places())
    return {"moved": row, "moved_name": shown[0].name, "moved_to": shown[1].row.name} if shown else {}
