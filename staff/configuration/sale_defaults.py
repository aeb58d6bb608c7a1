"""Padrões da venda: what a new sale of each company begins with (decision 034)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from models.catalog import BillingMethod
from models.operators import Company
from models.people.person import PERSON_KINDS
from models.sales.sale_defaults import SaleDefaults
from models.scope import TODAS
from models.services import BILLING_TYPES
from staff.configuration.menu import SALE_DEFAULTS, page
from web.access import staff
from web.forms import Choice, Form, YesNo
from web.fragments import done

sale_defaults = Blueprint("sale_defaults", __name__)
PATH = "/configuracao/padroes-da-venda"


class DefaultsForm(Form):
    person_kind = RadioField("Tipo de Cliente", choices=list(PERSON_KINDS.items()), validate_choice=False)
    billing_method_id = Choice("Forma de Cobrança", empty="Nenhuma")
    due_day = Choice("Data de Vencimento", empty="Nenhuma")
    billing_type = RadioField("Tipo de Cobrança", choices=list(BILLING_TYPES.items()), validate_choice=False)
    uses_carne = YesNo("Carnê")


@sale_defaults.get(PATH)
@staff("catalog.read")
def index() -> ResponseReturnValue:
    used, _ = SALE_DEFAULTS.rows()
    return page(
        "sale_defaults/index.html",
        SALE_DEFAULTS,
        used=used,
        defaults=SaleDefaults.by_company(used),
        kinds=PERSON_KINDS,
        types=BILLING_TYPES,
    )


@sale_defaults.get(f"{PATH}/todas/editar", defaults={"id": TODAS})
@sale_defaults.get(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def edit(id: int) -> ResponseReturnValue:
    company = SALE_DEFAULTS.load(id)
    row = SaleDefaults.own(company.id)
    return _page(company, _offering(DefaultsForm(obj=row).edits(row), company))


@sale_defaults.post(f"{PATH}/todas/editar", defaults={"id": TODAS})
@sale_defaults.post(f"{PATH}/<int:id>/editar")
@staff("catalog.edit")
def update(id: int) -> ResponseReturnValue:
    company = SALE_DEFAULTS.load(id)
    row = SaleDefaults.own(company.id)
    form = _offering(DefaultsForm().edits(row), company)
    if form.accepts(lambda: row.change(form.seen, **form.data)):
        return done(SALE_DEFAULTS.url(), f"Padrões da venda de {company.name} gravados")
    return _page(company, form), form.code


def _offering(form: DefaultsForm, company: Company) -> DefaultsForm:
    """With the methods in use of the company and of TODAS, and the due days it offers."""
    form.billing_method_id.offer([(row.id, row.name) for row in BillingMethod.offered(company.id)])
    form.due_day.offer([(day, f"{day:02d}") for day in company.days])
    return form


def _page(company: Company, form: DefaultsForm) -> str:
    return page("sale_defaults/edit.html", SALE_DEFAULTS, company.name, form=form, row=company)
