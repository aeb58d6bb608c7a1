"""Subprocessos of a process: name, responsible sector and the material that helps there (A-34, A-117)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from models.base import db
from models.operators import Department
from models.refused import Refused
from models.workflows import Process, ProcessStep, SupportMaterial
from staff.configuration.menu import MATERIALS, PROCESSES, STEPS, page
from staff.configuration.processes import PATH as PROCESS_PATH
from staff.configuration.processes import process_page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, text
from web.fragments import done

process_steps = Blueprint("process_steps", __name__)
PATH = "/configuracao/subprocessos"


class StepForm(Form):
    name = text("Nome", 60)
    department_id = Choice("Setor responsável")


@process_steps.get(f"{PROCESS_PATH}/<int:id>/subprocessos/adicionar")
@staff("catalog.edit")
def new(id: int) -> ResponseReturnValue:
    return step_page(PROCESSES.load(id), _form())


@process_steps.post(f"{PROCESS_PATH}/<int:id>/subprocessos/adicionar")
@staff("catalog.edit")
def create(id: int) -> ResponseReturnValue:
    process, form = PROCESSES.load(id), _form()
    row = ProcessStep(process_id=process.id, **form.data)
    if form.accepts(row.create):
        return done(STEPS.url(id=id), toast_of(row, "adicionad"))
    return step_page(process, form), form.code


@process_steps.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    row = _load(id)
    return step_page(row.process, _form(row), row)


@process_steps.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = _load(id)
    process, form = row.process, _form(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(STEPS.url(id=process.id), toast_of(row, "gravad"))
    return step_page(process, form, row), form.code


def step_page(process: Process, form: StepForm, row: ProcessStep | None = None, refused: Refused | None = None) -> str:
    """The form of a subprocess, new or not, and its material."""
    every = SupportMaterial.of(row.id, in_use=False) if row else []
    return page(
        "processes/step.html",
        PROCESSES,
        row.name if row else STEPS.add,
        form=form,
        row=row,
        process=process,
        steps=STEPS,
        below=MATERIALS,
        materials=every,
        refused=refused,
    )


def page_of(id: int, refused: Refused | None = None) -> str:
    """The page of a subprocess as it is, with what refused an act on its material."""
    row = _load(id)
    return step_page(row.process, _form(row, drawn=True), row, refused)


def _load(id: int) -> ProcessStep:
    row: ProcessStep = STEPS.load(id, selectinload(ProcessStep.process))
    return row


def _form(row: ProcessStep | None = None, drawn: bool = False) -> StepForm:
    """`drawn`: filled from the row, whatever was posted."""
    form = StepForm(obj=row, **({"formdata": None} if drawn else {}))
    offered = or_(Department.inactive_since.is_(None), Department.id == (row.department_id if row else None))
    rows = db.session.scalars(select(Department).where(offered).order_by(Department.name))
    form.department_id.offer([(department.id, department.name) for department in rows])
    return form.edits(row) if row else form


def _listing(id: int, refused: Refused | None = None) -> str:
    return process_page(row=PROCESSES.load(id), refused=refused)


retirement(process_steps, PATH, "catalog.edit", lambda: STEPS, _listing)
