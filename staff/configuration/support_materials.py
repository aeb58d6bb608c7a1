"""Material de Apoio of a subprocess: registered, changed and put out of use (A-117)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import selectinload

from models.workflows import ProcessStep, SupportMaterial
from models.workflows.support_material import LONGEST
from staff.configuration.menu import MATERIALS, PROCESSES, STEPS, page
from staff.configuration.process_steps import PATH as STEP_PATH
from staff.configuration.process_steps import page_of
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Form, lines, text
from web.fragments import done

support_materials = Blueprint("support_materials", __name__)
PATH = "/configuracao/materiais-de-apoio"


class MaterialForm(Form):
    name = text("Título", 120)
    link = text("Link", 300, description="Começa por https://")
    text = lines("Texto", LONGEST)


@support_materials.get(f"{STEP_PATH}/<int:id>/materiais-de-apoio/adicionar")
@staff("catalog.edit")
def new(id: int) -> ResponseReturnValue:
    return _page(STEPS.load(id, selectinload(ProcessStep.process)), MaterialForm())


@support_materials.post(f"{STEP_PATH}/<int:id>/materiais-de-apoio/adicionar")
@staff("catalog.edit")
def create(id: int) -> ResponseReturnValue:
    step, form = STEPS.load(id, selectinload(ProcessStep.process)), MaterialForm()
    row = SupportMaterial(step_id=step.id, **form.data)
    if form.accepts(row.create):
        return done(MATERIALS.url(id=id), toast_of(row, "adicionad"))
    return _page(step, form), form.code


@support_materials.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    row = MATERIALS.load(id)
    return _page(_step_of(row), MaterialForm(obj=row).edits(row), row)


@support_materials.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = MATERIALS.load(id)
    step, form = _step_of(row), MaterialForm().edits(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(MATERIALS.url(id=step.id), toast_of(row, "gravad"))
    return _page(step, form, row), form.code


def _step_of(row: SupportMaterial) -> ProcessStep:
    step: ProcessStep = STEPS.load(row.step_id, selectinload(ProcessStep.process))
    return step


def _page(step: ProcessStep, form: MaterialForm, row: SupportMaterial | None = None) -> str:
    here = row.name if row else MATERIALS.add
    return page(
        "processes/material.html", PROCESSES, here, form=form, row=row, step=step, steps=STEPS, materials=MATERIALS
    )


retirement(support_materials, PATH, "catalog.edit", lambda: MATERIALS, page_of)
