"""Régua de cobrança: by name, the days between a debt and its notice, suspension and end (RGC, D-24, A-120)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from models.catalog import DunningRule
from models.contracts import ladder_uses
from models.refused import Refused
from models.scope import who
from staff.configuration.companies import company_names
from staff.configuration.fields import Number, company_choices
from staff.configuration.menu import RULES, page
from staff.configuration.retirement import retirement
from staff.configuration.screen import toast_of
from web.access import staff
from web.forms import Choice, Form, text
from web.fragments import done

dunning_rules = Blueprint("dunning_rules", __name__)
PATH = "/configuracao/regua-de-cobranca"


class RuleForm(Form):
    name = text("Nome", 100)
    company_id = Choice("Empresa", empty=None)
    is_default = BooleanField("Padrão da empresa")
    notifies = BooleanField("Avisar do débito")
    notice_days = Number("Aviso, depois do vencimento")
    reduces = BooleanField("Reduzir a velocidade")
    reduce_days = Number("Redução, depois do aviso")
    suspends = BooleanField("Suspender por débito")
    suspend_days = Number("Suspensão, depois do aviso")
    business_days_only = BooleanField("Nunca em fim de semana, feriado ou na véspera")
    termination_days = Number("Propor o fim, depois de suspenso")


@dunning_rules.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return listing()


@dunning_rules.get(f"{PATH}/adicionar")
@staff("catalog.edit")
def new() -> ResponseReturnValue:
    return _page(_form(DunningRule.like(who().company_id)))


@dunning_rules.post(f"{PATH}/adicionar")
@staff("catalog.edit")
def create() -> ResponseReturnValue:
    form = _form()
    row = DunningRule(**form.data)
    if form.accepts(row.create):
        return done(RULES.url(), toast_of(row, "adicionad"))
    return _page(form), form.code


@dunning_rules.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    row = RULES.load(id)
    return _page(_form(row).edits(row), row)


@dunning_rules.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    row = RULES.load(id)
    form = _form(row).edits(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(RULES.url(), toast_of(row, "gravad"))
    return _page(form, row), form.code


def listing(refused: Refused | None = None) -> str:
    used, unused = RULES.rows()
    return page(
        "dunning_rules/index.html",
        RULES,
        used=used,
        unused=unused,
        companies=company_names(),
        uses=ladder_uses(),
        refused=refused,
    )


def _form(row: DunningRule | None = None) -> RuleForm:
    form = RuleForm(obj=row)
    form.company_id.offer(company_choices(row))
    return form


def _page(form: RuleForm, row: DunningRule | None = None) -> str:
    uses = ladder_uses().get(row.id, 0) if row else 0
    return page("dunning_rules/edit.html", RULES, row.name if row else RULES.add, form=form, row=row, uses=uses)


retirement(dunning_rules, PATH, "catalog.edit", lambda: RULES, listing)
