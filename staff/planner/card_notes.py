"""Writing on a card: what was done, or a remark (U-20, U-22, U-26)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.boards import write
from staff.planner.loading import load_card, show, to_card
from web.access import staff
from web.forms import Choice, Form, lines

card_notes = Blueprint("card_notes", __name__)
LONGEST = 1000


class Noting(Form):
    order_id = Choice("Pedido", empty=None)
    note = lines("Nota", LONGEST)


@card_notes.post("/planner/cards/<int:id>/notas")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    card, form = load_card(id), Noting()
    order_id = form.order_id.data if isinstance(form.order_id.data, int) else None
    if form.accepts(lambda: write(card, form.note.data or "", order_id)):
        return to_card(card, "Nota registrada", "#registro")
    return show(card, form=form), form.code
