"""Cancelling an order, and reopening one that is over: each with a reason (A-121)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.refused import require
from models.work_orders import WorkOrder
from staff.field.loading import PATH, again, load
from staff.field.reasons import Act, Reason, reason_page
from web.access import staff
from web.fragments import done

order_ends = Blueprint("order_ends", __name__)
CANCEL, REOPEN = "cancelamento", "reabertura"
END = f'{PATH}/<any("{CANCEL}","{REOPEN}"):slug>'
ACTS = {
    CANCEL: Act(
        "Cancelar a ordem",
        "Ela não será feita, e o atendimento deixa de esperar por ela. Um serviço que aguarda instalação continua "
        "aguardando.",
        "Cancelar a ordem",
    ),
    REOPEN: Act(
        "Reabrir a ordem",
        "Ela volta a ficar aberta, sem agenda. O que o encerramento dizia fica no histórico e volta proposto. "
        "Um serviço que ele habilitou continua habilitado.",
        "Reabrir a ordem",
        danger=False,
    ),
}
DONE = {CANCEL: "cancelada", REOPEN: "reaberta"}


@order_ends.get(END)
@staff("orders.reopen")
def new(id: int, slug: str) -> ResponseReturnValue:
    order = load(id)
    require(order.refusal_to_cancel() if slug == CANCEL else order.refusal_to_reopen(), fix=order)
    return _page(order, slug, Reason().edits(order))


@order_ends.post(END)
@staff("orders.reopen")
def create(id: int, slug: str) -> ResponseReturnValue:
    order, form = load(id), Reason()
    verb = order.cancel if slug == CANCEL else order.reopen
    if form.edits(order).accepts(lambda: verb(form.reason.data or "", form.seen)):
        return done(url_for("staff.work_orders.show", id=id), f"{order.label} {DONE[slug]}")
    return _page(again(id), slug, form), form.code


def _page(order: WorkOrder, slug: str, form: Reason) -> str:
    return reason_page(order, ACTS[slug], form, url_for("staff.order_ends.create", id=order.id, slug=slug))
