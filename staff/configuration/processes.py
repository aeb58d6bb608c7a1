"""Processos: the subprocesses an atendimento goes through, in the order of their priority (A-34, A-35, A-101)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.refused import Refused
from models.workflows import SLA_TYPES, Process
from models.workflows.process import steps_by_process
from staff.configuration.companies import company_names
from staff.configuration.fields import company_choices, words
from staff.configuration.menu import PROCESSES, STEPS, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, text
from web.fragments import done

processes = Blueprint("processes", __name__)
PATH = "/configuracao/processos"


class ProcessForm(Form):
    name = text("Nome", 60)
    company_id = Choice("Empresa", empty=None)
    sla_type = words("Tipo de SLA", SLA_TYPES, default="corrective")


@processes.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@processes.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new() -> ResponseReturnValue:
    return process_page(_form())


@processes.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create() -> ResponseReturnValue:
    form = _form()
    row = Process(**form.data)
    if form.accepts(row.create):
        return done(PROCESSES.url("edit", id=row.id), f"{toast_of(row, 'adicionad')}. Faltam os subprocessos")
    return process_page(form), form.code


@processes.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    return process_page(row=PROCESSES.load(id))


@processes.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = PROCESSES.load(id)
    form = _form(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(PROCESSES.url(), toast_of(row, "gravad"))
    return process_page(form, row), form.code


def listing(refused: Refused | None = None) -> str:
    used, unused = PROCESSES.rows()
    more: dict[str, Any] = {"companies": company_names(), "types": SLA_TYPES, "steps": steps_by_process()}
    return page("processes/index.html", PROCESSES, used=used, unused=unused, **more, refused=refused)


def process_page(
    form: ProcessForm | None = None,
    row: Process | None = None,
    order: Form | None = None,
    refused: Refused | None = None,
) -> str:
    """The form of a process, new or not, and its subprocesses; `order` is what could not be moved."""
    form = form or _form(row, drawn=True)
    every = row.steps(in_use=False) if row else []
    return page(
        "processes/edit.html",
        PROCESSES,
        row.name if row else PROCESSES.add,
        form=form,
        row=row,
        order=order,
        below=STEPS,
        used=[step for step in every if not step.inactive_since],
        unused=[step for step in every if step.inactive_since],
        refused=refused,
    )


def _form(row: Process | None = None, drawn: bool = False) -> ProcessForm:
    """`drawn`: filled from the row, whatever was posted."""
    form = ProcessForm(obj=row, **({"formdata": None} if drawn else {}))
    form.company_id.offer(company_choices(row))
    return form.edits(row) if row else form


retirement(processes, PATH, "catalog.edit", lambda: PROCESSES, listing)
