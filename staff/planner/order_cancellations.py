"""Taking an order back before the contract was adjusted (U-28)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.boards import cancel
from models.desk.card_page import card_page
from models.refused import require
from staff.planner.loading import card_of, load_order, show, supervises, to_card
from web.access import staff
from web.forms import Form, lines

order_cancellations = Blueprint("order_cancellations", __name__)
PATH = "/planner/lancamentos/<int:id>/cancelamento"


class Cancelling(Form):
    reason = lines("Motivo", 200)


@order_cancellations.get(PATH)
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    order = load_order(id)
    card = card_of(order)
    require(card_page(card).refusal_to_cancel(order, supervises()), fix=card)
    return show(card, "staff/cards/cancel.html", order=order, form=Cancelling().edits(order))


@order_cancellations.post(PATH)
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    order, form = load_order(id), Cancelling()

    def act() -> None:
        cancel(order, form.reason.data or "", form.seen, supervises=supervises())

    if form.edits(order).accepts(act):
        return to_card(card_of(order), "Pedido cancelado")
    return show(card_of(order), "staff/cards/cancel.html", order=order, form=form), form.code
