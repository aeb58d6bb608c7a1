"""Cancelar Agendamento, with a reason (A-89)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from models.work_orders import WorkOrder
from staff.field.loading import PATH, again, load
from staff.field.reasons import Act, Reason, reason_page
from web.access import staff
from web.fragments import done

unschedulings = Blueprint("unschedulings", __name__)
UNSCHEDULING = f"{PATH}/agendamento/cancelamento"
ACT = Act(
    "Cancelar o agendamento",
    "A ordem volta a ficar aberta, sem técnico e sem hora. O motivo fica no histórico.",
    "Finalizar",
)


@unschedulings.get(UNSCHEDULING)
@staff("orders.schedule")
def new(id: int) -> ResponseReturnValue:
    order = load(id)
    require(order.refusal_to_unschedule(), fix=order)
    return _page(order, Reason().edits(order))


@unschedulings.post(UNSCHEDULING)
@staff("orders.schedule")
def create(id: int) -> ResponseReturnValue:
    order, form = load(id), Reason()
    if form.edits(order).accepts(lambda: order.unschedule(form.reason.data or "", form.seen)):
        said = f"O agendamento foi cancelado. {order.label} está sem agenda"
        return done(url_for("staff.work_orders.show", id=id), said)
    return _page(again(id), form), form.code


def _page(order: WorkOrder, form: Reason) -> str:
    return reason_page(order, ACT, form, url_for("staff.unschedulings.create", id=order.id))
