"""Moving a card: by drag, key, menu or a plain page, always through here (U-20 to U-25, U-29).

The answer to a script is the card in its new column and the heads of both; to a plain form, the board.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, Self

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db, reads_from_here
from models.boards import Card, CardMove, make, places, proposed, require_seen
from models.desk import board as desk
from models.desk.board import CardShown, ColumnShown
from models.desk.card_page import CardPage, card_page
from models.refused import Refused
from staff.loading import load_row
from staff.planner.loading import load_card, supervises
from web.access import staff
from web.forms import Form, lines, whole
from web.fragments import wants_fragment

card_moves = Blueprint("card_moves", __name__)
PATH = "/planner/cards/<int:id>/mudancas"
LONGEST = 1000


class Moving(Form):
    """`note-<order>` for each order that has none, `reason` for the way back."""

    reason = lines("Motivo", LONGEST)

    card: Card

    def of(self, card: Card) -> Self:
        self.card = card
        self.column_id = whole(request.values.get("coluna")) or None
        self.version = whole(request.form.get("version")) if request.method == "POST" else card.version
        return self

    @cached_property
    def page(self) -> CardPage:
        """What the form is drawn with: a move that is made draws none."""
        return card_page(self.card)

    @property
    def to(self) -> Any:
        return next((place for place in self.page.among if place.id == self.column_id), None)

    @property
    def goes_back(self) -> bool:
        return bool(self.to and self.to.position < self.page.here.position)

    def typed(self, name: str) -> str:
        return request.form.get(name, "")

    @property
    def notes(self) -> dict[int, str]:
        """As typed, by order; of an order that is not this card's nobody asks."""
        names = ((whole(name.removeprefix("note-")), name) for name in request.form if name.startswith("note-"))
        return {id: request.form[name] for id, name in names if id}


@card_moves.get(f"{PATH}/nova")
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    """Where it may go; with `coluna`, what has to be written before it goes there."""
    card = load_card(id)
    form = Moving().of(card)
    if wants_fragment() and (seen := whole(request.args.get("version"))) and seen != card.version:
        return _stale(card, seen)
    if form.column_id is None:
        return _page(form) if not wants_fragment() else render_template("staff/cards/_menu.html", **_drawn(form))
    refusal = form.page.refusal_to_move(form.to, supervises())
    if refusal and wants_fragment():
        return _card_again(card, Refused(refusal)), 422
    if wants_fragment():
        return render_template("staff/cards/_move.html", **_drawn(form))
    return _page(form)


def _stale(card: Card, seen: int) -> ResponseReturnValue:
    try:
        require_seen(card, seen)
    except Refused as no:
        return _card_again(card, no), no.status
    return "", 204


@card_moves.post(PATH)
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    card = load_card(id)
    form = Moving().of(card)
    left, undo = card.board_column_id, None

    def act() -> None:
        nonlocal undo
        move = make(card, form.column_id, form.version, form.notes, form.reason.data or "", supervises=supervises())
        undo = None if move.refusal_to_undo(card) else move.id

    if form.accepts(act):
        return _settled(id, left, "foi para", undo)
    no = form.refused or Refused("")
    if wants_fragment() and (form.code == 409 or not any(name in no.errors for name in _fields(form))):
        return _card_again(load_card(id), no), form.code
    if wants_fragment():
        return _in_place(render_template("staff/cards/_move.html", **_drawn(form))), form.code
    return _page(form), form.code


@card_moves.post("/planner/mudancas/<int:id>/desfazer")
@staff("telephony.work")
def destroy(id: int) -> ResponseReturnValue:
    """The opposite move."""
    row = load_row(CardMove, id)
    card_id, left = load_card(row.card_id).id, row.to_column_id
    try:
        row.undo()
        db.session.commit()
    except Refused as no:
        db.session.rollback()
        if not wants_fragment():
            raise
        reads_from_here()
        return _card_again(load_card(card_id), no), no.status
    reads_from_here()
    return _settled(card_id, left, "voltou para")


def _fields(form: Moving) -> list[str]:
    return ["reason", *(f"note-{shown.order.id}" for shown in form.page.under_way)]


def _settled(id: int, left: int, went: str, undo: int | None = None) -> ResponseReturnValue:
    """The card where it is now. A script gets the card and both heads, with the way back for ten seconds."""
    if not wants_fragment():
        return redirect(url_for("staff.cards.index", movido=undo), 303)
    among = places()
    shown, column = desk.card_of(id, among) or abort(404)
    answer = make_response(_anew(shown, column, desk.heads({left, column.row.id}, among), focus=True))
    aviso: dict[str, Any] = {"text": f"{shown.name} {went} {column.row.name}"}
    if undo:
        href = url_for("staff.card_moves.destroy", id=undo)
        aviso |= {"seconds": 10, "link": {"text": "Desfazer", "href": href}}
    answer.headers["HX-Trigger"] = json.dumps({"aviso": aviso, "moved": {}})
    return answer


def _anew(shown: CardShown, column: ColumnShown, heads: list[ColumnShown], **drawn: Any) -> str:
    """The card out of where it is drawn and into its column, and the heads of columns."""
    return render_template("staff/cards/_anew.html", card=shown, column=column, heads=heads, **drawn)


def _card_again(card: Card, no: Refused) -> Response:
    """The card as it is now, with the sentence: at its place when refused, in its column when it is elsewhere."""
    among = places()
    shown, column = desk.card_of(card.id, among) or abort(404)
    if no.status == 409:
        every = [place.id for place in among]
        return make_response(_anew(shown, column, desk.heads(every, among), told=no.sentence, focus=True))
    answer = make_response(render_template("staff/cards/_card.html", card=shown, refused=no.sentence, focus=True))
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = f"#card-{card.id}", "outerHTML"
    return answer


def _in_place(html: str) -> Response:
    """The form again where it is."""
    answer = make_response(html)
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def _drawn(form: Moving) -> dict[str, Any]:
    page = form.page
    return {
        "form": form,
        "page": page,
        "card": page.card,
        "supervises": supervises(),
        "options": [
            (place, page.refusal_to_move(place, supervises())) for place in page.among if place.id != page.here.id
        ],
        "missing": [shown for shown in page.under_way if shown.order.noted_at is None],
        "proposed": lambda order: proposed(page.here.key, order.kind),
    }


def _page(form: Moving) -> str:
    return render_template("staff/cards/move.html", **_drawn(form))
