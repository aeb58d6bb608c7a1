"""«Criar ramais»: the extensions of an order, in the panel (U-18)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db
from models.boards import make_extensions
from models.wording import counted
from staff.planner.loading import card_of, load_order, to_card
from web.access import staff
from web.forms import whole

order_extensions = Blueprint("order_extensions", __name__)


@order_extensions.post("/planner/lancamentos/<int:id>/ramais")
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    order = load_order(id)
    made = make_extensions(order, whole(request.form.get("version")))
    db.session.commit()
    numbers = ", ".join(item.number for item in made)
    return to_card(card_of(order), f"{counted(len(made), 'ramal criado', 'ramais criados')} no Painel PABX: {numbers}")
