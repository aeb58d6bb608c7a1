"""Respostas prontas: the texts of a sector that a comment takes by their code (B-10)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from models.base import db
from models.operators import Department
from models.refused import Refused
from models.workflows import PLACEHOLDERS, CannedAnswer
from models.workflows.canned_answer import LONGEST
from staff.configuration.companies import company_names
from staff.configuration.fields import company_choices
from staff.configuration.menu import ANSWERS, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, lines, text
from web.fragments import done

canned_answers = Blueprint("canned_answers", __name__)
PATH = "/configuracao/respostas-prontas"


class AnswerForm(Form):
    name = text("Nome", 60)
    code = text("Código", 20, description="O que se digita depois da /. Exemplo: 2via.")
    company_id = Choice("Empresa", empty=None)
    department_id = Choice("Setor", empty="Todos", description="De quem é. Os outros setores não a veem na lista.")
    text = lines("Texto", LONGEST)


@canned_answers.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@canned_answers.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new() -> ResponseReturnValue:
    return _page(_form())


@canned_answers.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create() -> ResponseReturnValue:
    form = _form()
    row = CannedAnswer(**form.data)
    if form.accepts(row.create):
        return done(ANSWERS.url(), toast_of(row, "adicionad"))
    return _page(form), form.code


@canned_answers.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    row = ANSWERS.load(id)
    return _page(_form(row), row)


@canned_answers.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = ANSWERS.load(id)
    form = _form(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(ANSWERS.url(), toast_of(row, "gravad"))
    return _page(form, row), form.code


def listing(refused: Refused | None = None) -> str:
    used, unused = ANSWERS.rows(joinedload(CannedAnswer.department))
    companies = company_names()
    return page("canned_answers/index.html", ANSWERS, used=used, unused=unused, companies=companies, refused=refused)


def _form(row: CannedAnswer | None = None) -> AnswerForm:
    form = AnswerForm(obj=row)
    form.company_id.offer(company_choices(row))
    kept = Department.id == (row.department_id if row else None)
    offered = select(Department).where(or_(Department.inactive_since.is_(None), kept)).order_by(Department.name)
    form.department_id.offer([(sector.id, sector.name) for sector in db.session.scalars(offered)])
    return form.edits(row) if row else form


def _page(form: AnswerForm, row: CannedAnswer | None = None) -> str:
    here = row.name if row else ANSWERS.add
    return page("canned_answers/edit.html", ANSWERS, here, form=form, row=row, placeholders=PLACEHOLDERS)


retirement(canned_answers, PATH, "catalog.edit", lambda: ANSWERS, listing, removable=False)
