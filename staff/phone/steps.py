"""A step of a visit: on the way, arrived, a note, a photo; now, or when the device says it happened (A-122, B-22)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import MultipleFileField

from models.refused import Refused
from models.work_orders import STEPS, WorkOrder
from staff.field.closings import proposed
from staff.phone.closings import SHOWN, Ending
from staff.phone.loading import PATH, load, visit
from web.access import staff
from web.forms import Form, MomentField, lines, text
from web.fragments import done
from web.uploads import arrived, may_take_files

visit_steps = Blueprint("visit_steps", __name__)


class Telling(Form):
    kind = text("Passo", 10)
    happened_at = MomentField("Quando aconteceu")
    text = lines("Nota", 2000)
    files = MultipleFileField("Foto")


@visit_steps.post(f"{PATH}/passos")
@staff("orders.close")
@may_take_files
def create(id: int) -> ResponseReturnValue:
    order, form = load(id), Telling()
    kind = form.kind.data or ""

    def act() -> None:
        photos = arrived()
        if len(photos) > 1:
            raise Refused("Envie uma foto por vez.", field="files")
        photo = photos[0] if photos else None
        order.step(kind, request.form["idem"], form.happened_at.data, form.text.data or "", photo)

    if form.accepts(act):
        # What a script sends may be five at once; the page it draws anew shows them.
        toast = "" if form.happened_at.data else f"{STEPS[kind]}: registrado"
        return done(url_for("staff.visits.show", id=id), toast)
    return page(load(id), form), form.code


def page(order: WorkOrder, form: Telling) -> str:
    """The page of the visit, with the form of its end: pressed without network it has no other page to go to."""
    ending = Ending(formdata=None, data=proposed(order)) if not order.has_ended else None
    return visit("staff/phone/visit.html", order, form=form, ending=ending, open_rows=SHOWN)
