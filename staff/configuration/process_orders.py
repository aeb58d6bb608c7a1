"""The priority of the subprocesses of a process: one place up, or one down (A-101)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from staff.configuration.menu import PROCESSES
from staff.configuration.processes import PATH, process_page
from web.access import staff
from web.forms import Form, whole
from web.fragments import done

process_orders = Blueprint("process_orders", __name__)
WAYS = {"acima": -1, "abaixo": 1}


class OrderForm(Form):
    step = HiddenField()
    way = HiddenField()


@process_orders.post(f"{PATH}/<int:id>/ordem")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = PROCESSES.load(id)
    form = OrderForm().edits(row, href=PROCESSES.url("edit", id=id))
    step, by = whole(form.step.data), WAYS.get(form.way.data or "", 0)
    if form.accepts(lambda: row.move(step, by, form.seen)):
        return done(PROCESSES.url("edit", id=id), f"Prioridade de {row.name} gravada")
    return process_page(row=row, order=form), form.code
