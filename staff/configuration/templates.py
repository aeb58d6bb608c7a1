"""Modelos de contrato: what each is, and the revisions it had (C-12, C-33). Their text: revisions.py."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from models.base import db
from models.catalog import ContractTemplate, ContractTemplateRevision
from models.refused import Refused
from staff.configuration.companies import company_names
from staff.configuration.fields import Number, company_choices
from staff.configuration.menu import TEMPLATES, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, MoneyField, text
from web.fragments import done

templates = Blueprint("templates", __name__)
PATH = "/configuracao/modelos-de-contrato"


class Settings(Form):
    name = text("Nome", 80)
    company_id = Choice("Empresa", empty=None)
    loyalty_months = Number("Fidelidade", default=0)
    benefit = text("Benefício", 120)
    benefit_cents = MoneyField("Valor do benefício", default=0)


@templates.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@templates.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new() -> ResponseReturnValue:
    return _settings(_asked())


@templates.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create() -> ResponseReturnValue:
    form = _asked()
    row = ContractTemplate(**_values(form))
    if form.accepts(row.create):
        return done(TEMPLATES.url("show", id=row.id), f"{toast_of(row, 'adicionad')}. Falta publicar o texto")
    return _settings(form), form.code


@templates.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    row = TEMPLATES.load(id)
    return _settings(_asked(row), row)


@templates.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = TEMPLATES.load(id)
    form = _asked(row)
    if form.accepts(lambda: row.change(form.seen, **_values(form))):
        return done(TEMPLATES.url(), toast_of(row, "gravad"))
    return _settings(form, row), form.code


@templates.get(f"{PATH}/<int:id>")
@staff("catalog.read")
def show(id: int) -> ResponseReturnValue:
    """Its revisions, newest first, and what the newest would leave open: a text from before the rule may (B-19)."""
    row = TEMPLATES.load(id)
    revisions = row.revisions()
    left_open = row.refusal_to_leave_open(revisions[0].body) if revisions else None
    return page("contract_templates/show.html", TEMPLATES, row.name, row=row, revisions=revisions, left_open=left_open)


def listing(refused: Refused | None = None) -> str:
    used, unused = TEMPLATES.rows()
    newest = select(ContractTemplateRevision.template_id, func.max(ContractTemplateRevision.number))
    newest = newest.group_by(ContractTemplateRevision.template_id)
    revisions = {row[0]: row[1] for row in db.session.execute(newest)}
    return page(
        "contract_templates/index.html",
        TEMPLATES,
        used=used,
        unused=unused,
        revisions=revisions,
        companies=company_names(),
        refused=refused,
    )


def _asked(row: ContractTemplate | None = None) -> Settings:
    form = Settings(obj=row)
    form.company_id.offer(company_choices(row))
    return form.edits(row) if row else form


def _values(form: Settings) -> dict[str, Any]:
    """Nothing typed is no benefit."""
    return {**form.data, "benefit_cents": form.benefit_cents.data or 0}


def _settings(form: Settings, row: ContractTemplate | None = None) -> str:
    here = row.name if row else TEMPLATES.add
    return page("contract_templates/edit.html", TEMPLATES, here, form=form, row=row)


retirement(templates, PATH, "catalog.edit", lambda: TEMPLATES, listing)
