"""Encerrar O.S. on the phone: the desk's rule, with the signature of who received the work (A-121, A-122)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField

from models.refused import require
from models.work_orders import WorkOrder
from staff.field.closings import Ended, proposed
from staff.phone.loading import PATH, load, visit
from web.access import staff
from web.forms import MomentField, text
from web.fragments import done
from web.uploads import may_take_files, signature

visit_closings = Blueprint("visit_closings", __name__)
SHOWN = 2  # rows of materials that stand open; the others are behind a press


class Ending(Ended):
    happened_at = MomentField("Quando aconteceu")
    signed_by = text("Quem recebeu o serviço", 120)
    signature = FileField("Assinatura")


@visit_closings.get(f"{PATH}/encerramento")
@staff("orders.close")
def new(id: int) -> ResponseReturnValue:
    order = load(id)
    require(order.refusal_to_step() or order.refusal_to_close())
    return _page(order, Ending(formdata=None, data=proposed(order)))


@visit_closings.post(f"{PATH}/encerramento")
@staff("orders.close")
@may_take_files
def create(id: int) -> ResponseReturnValue:
    order, form = load(id), Ending()

    def act() -> None:
        said = (form.ended_on.data, form.ended_time.data, form.defect_found.data or "", form.done.data or "")
        signed = (form.signed_by.data or "", signature())
        order.close_on_site(*said, form.used(), request.form["idem"], form.happened_at.data, *signed)

    if form.accepts(act):
        return done(url_for("staff.visits.show", id=id), f"{order.label} encerrada")
    return _page(load(id), form), form.code


def _page(order: WorkOrder, form: Ending) -> str:
    return visit("staff/phone/closing.html", order, form=form, open_rows=SHOWN)
