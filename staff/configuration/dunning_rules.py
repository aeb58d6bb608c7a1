"""Régua de cobrança: the days of each company between a debt and its notice, suspension and end (RGC, D-24)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from models.catalog import DunningRule
from models.operators import Company
from models.scope import TODAS
from staff.configuration.fields import Number
from staff.configuration.menu import RULES, page
from web.access import staff
from web.forms import Form
from web.fragments import done

dunning_rules = Blueprint("dunning_rules", __name__)
PATH = "/configuracao/regua-de-cobranca"


class RuleForm(Form):
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
    used, _ = RULES.rows()
    return page("dunning_rules/index.html", RULES, used=used, rules=DunningRule.by_company(used))


@dunning_rules.get(f"{PATH}/todas/editar", defaults={"id": TODAS})
@dunning_rules.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    company = RULES.load(id)
    rule = DunningRule.own(company.id)
    return _page(company, RuleForm(obj=rule).edits(rule))


@dunning_rules.post(f"{PATH}/todas/editar", defaults={"id": TODAS})
@dunning_rules.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    company = RULES.load(id)
    rule = DunningRule.own(company.id)
    form = RuleForm().edits(rule)
    if form.accepts(lambda: rule.change(form.seen, **form.data)):
        return done(RULES.url(), f"Régua de {company.name} gravada")
    return _page(company, form), form.code


def _page(company: Company, form: RuleForm) -> str:
    return page("dunning_rules/edit.html", RULES, company.name, form=form, row=company)
