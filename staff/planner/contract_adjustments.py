"""«Ajustar o contrato»: what it becomes is shown before it is done, and it can be taken back (U-16, U-21)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.base import db
from models.boards import adjust_contract, take_back_adjustment
from models.desk.card_page import card_page, without
from models.refused import require
from models.services import Service
from models.telephony import UpgradeOrder
from models.wording import brl
from staff.planner.loading import card_of, load_order, show, to_card
from web.access import staff
from web.forms import Form, lines, whole

contract_adjustments = Blueprint("contract_adjustments", __name__)
PATH = "/planner/lancamentos/<int:id>/ajuste"


class TakingBack(Form):
    reason = lines("Motivo", 200)


@contract_adjustments.get(PATH)
@staff("telephony.work")
def new(id: int) -> ResponseReturnValue:
    """The contract today and after, and the days that were invoiced already."""
    order = load_order(id)
    card = card_of(order)
    service = _service(order)
    require(card_page(card).refusal_to_adjust(order), fix=card)
    return show(card, "staff/cards/adjust.html", order=order, service=service, without=without(order, service))


@contract_adjustments.post(PATH)
@staff("telephony.work")
def create(id: int) -> ResponseReturnValue:
    order = load_order(id)
    adjust_contract(order, whole(request.form.get("version")))
    db.session.commit()
    card = card_of(order)
    return to_card(card, f"Contrato ajustado: {brl(order.before_cents)} para {brl(order.after_cents)} ao mês")


@contract_adjustments.get(f"{PATH}/desfazer")
@staff("telephony.work")
def edit(id: int) -> ResponseReturnValue:
    order = load_order(id)
    card = card_of(order)
    require(card_page(card).refusal_to_take_back(order), fix=card)
    return _taking_back(order, TakingBack().edits(order))


@contract_adjustments.post(f"{PATH}/desfazer")
@staff("telephony.work")
def destroy(id: int) -> ResponseReturnValue:
    order, form = load_order(id), TakingBack()
    if form.edits(order).accepts(lambda: take_back_adjustment(order, form.reason.data or "", form.seen)):
        return to_card(card_of(order), "Ajuste desfeito. O que já foi faturado não muda.")
    return _taking_back(order, form), form.code


def _taking_back(order: UpgradeOrder, form: TakingBack) -> str:
    return show(card_of(order), "staff/cards/take_back.html", order=order, form=form)


def _service(order: UpgradeOrder) -> Service:
    return db.session.get_one(Service, order.service_id)
