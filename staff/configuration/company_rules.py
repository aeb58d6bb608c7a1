"""The rules of TODAS: what holds for whoever belongs to every company. It has no data of its own (X-01)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.scope import TODAS
from staff.configuration.companies import PATH, Rules, form_page, written
from staff.configuration.menu import COMPANIES
from web.access import staff
from web.fragments import done

company_rules = Blueprint("company_rules", __name__)


@company_rules.get(f"{PATH}/todas/editar")
@staff("operators.admin")
def edit() -> ResponseReturnValue:
    row = COMPANIES.load(TODAS)
    return form_page(written(Rules(obj=row)).edits(row), row)


@company_rules.post(f"{PATH}/todas/editar")
@staff("operators.admin")
def update() -> ResponseReturnValue:
    row = COMPANIES.load(TODAS)
    form = Rules().edits(row)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(COMPANIES.url(), "Regras de TODAS gravadas")
    return form_page(form, row), form.code
