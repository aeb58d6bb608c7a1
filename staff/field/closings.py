"""Encerrar O.S.: one form for the panel, the order and the ticket (A-90, A-121)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from wtforms import FieldList, FormField, MultipleFileField, StringField
from wtforms import Form as PlainForm

from models import clock
from models.refused import Refused, require
from models.work_orders import MOST_MATERIALS, Material, WorkOrder, technicians_of
from staff.field.loading import PATH, again, load, page
from web.access import staff
from web.doors import me
from web.forms import Choice, DayField, Form, HourField, lines
from web.fragments import done
from web.uploads import arrived, may_take_files

closings = Blueprint("order_closings", __name__)
SHOWN = 4  # rows of materials that stand open; the others are behind a click


class MaterialRow(PlainForm):  # type: ignore[misc]
    item = StringField("Material")
    quantity = StringField("Quantidade")


class Ended(Form):
    """What every end of an order says, at the desk and on the phone."""

    ended_on = DayField("Data do encerramento")
    ended_time = HourField("Hora do encerramento")
    defect_found = lines("Defeito encontrado", 500)
    done = lines("O que foi feito", 4000)
    rows = FieldList(  # one more than there may be, so that it is refused and not cut
        FormField(MaterialRow), "Materiais usados", min_entries=MOST_MATERIALS, max_entries=MOST_MATERIALS + 1
    )

    def used(self) -> list[Material]:
        return [Material(row.form.item.data or "", row.form.quantity.data or "") for row in self.rows]

    def refuse(self, no: Refused) -> None:
        """The sentence about a material stands in its row: beside the item while that is missing."""
        errors = {}
        for name, sentence in no.errors.items():
            row = name.removeprefix("material-")
            if row == name:
                errors[name] = sentence
                continue
            typed = self.rows[int(row)].form
            wrong = typed.quantity if typed.item.data else typed.item
            wrong.errors = self.rows.errors = [sentence]
        no.errors = errors
        super().refuse(no)


class Closing(Ended):
    technician_id = Choice("Técnico")
    files = MultipleFileField("Fotos")


@closings.get(f"{PATH}/encerramento")
@staff("orders.close")
def new(id: int) -> ResponseReturnValue:
    order = load(id)
    require(order.refusal_to_close(), fix=order)
    return _page(order, Closing(formdata=None, data=proposed(order)).edits(order))


@closings.post(f"{PATH}/encerramento")
@staff("orders.close")
@may_take_files
def create(id: int) -> ResponseReturnValue:
    order, form = load(id), Closing()
    form.edits(order, lambda: Closing(formdata=None, data=proposed(again(id))))

    def act() -> None:
        typed = (form.technician_id.data, form.defect_found.data or "", form.done.data or "")
        order.close(form.ended_on.data, form.ended_time.data, *typed, form.used(), form.seen, arrived())

    if form.accepts(act):
        return done(url_for("staff.work_orders.show", id=id, _anchor="encerramento"), f"{order.label} encerrada")
    return _page(again(id), form), form.code


def proposed(order: WorkOrder) -> dict[str, Any]:
    """Now, and whose visit it is; of one that was closed before, what that closing said."""
    local, last = clock.local(clock.now(), order.zone), order.last_closing()
    said: dict[str, Any] = last.data if last else {"found": "", "done": "", "materials": []}
    mine = me().id if me().id in technicians_of(order.company_id) else None
    return {
        "ended_on": local.date(),
        "ended_time": local.time().replace(second=0),
        "technician_id": order.technician_id or mine,
        "defect_found": said["found"],
        "done": said["done"],
        "rows": [{"item": item, "quantity": quantity} for item, quantity in said["materials"]],
    }


def _page(order: WorkOrder, form: Closing) -> str:
    form.technician_id.offer(list(technicians_of(order.company_id).items()))
    return page("staff/order_closings/new.html", order, form=form, open_rows=SHOWN)
