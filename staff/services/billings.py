"""Alterar cobrança: how a service is charged from the next invoice on (C-25 to C-27)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.billing.charge import was_charged
from models.catalog import BillingMethod
from models.refused import require
from models.services import BILLING_TYPES, Service
from staff.services.loading import load, page
from web.access import staff
from web.forms import Choice, Form, MoneyField, YesNo, text
from web.fragments import done

billings = Blueprint("billings", __name__)


class Terms(Form):
    billing_method_id = Choice("Forma de Cobrança", empty=None)
    due_day = Choice("Data de Vencimento", empty=None)
    billing_type = Choice("Tipo de Cobrança", empty=None)
    uses_carne = YesNo("Usa carnê?")
    separate_invoice = YesNo("Fatura separada?")
    separate_tax_note = YesNo("Nota fiscal separada?")
    charge_fee = YesNo("Cobrar Taxa de Instalação?")
    installation_fee_cents = MoneyField("Valor da taxa")
    installation_fee_text = text("Descrição na fatura", 80)


@billings.get("/servicos/<int:id>/cobranca")
@staff("billing.charge")
def edit(id: int) -> ResponseReturnValue:
    service = load(id)
    require(service.refusal_to_change_billing(), fix=service)
    return _page(service, _stored(service).edits(service))


@billings.post("/servicos/<int:id>/cobranca")
@staff("billing.charge")
def update(id: int) -> ResponseReturnValue:
    service = load(id)
    form = Terms().edits(service, lambda: _stored(service))
    _offer(form, service)
    if form.accepts(lambda: service.change_billing(form.data, form.seen, was_charged)):
        return done(url_for("staff.money.index", id=service.person_id), f"Cobrança de {service.plan_name} gravada")
    return _page(service, form), form.code


def _stored(service: Service) -> Terms:
    form = Terms(formdata=None, obj=service, charge_fee=bool(service.installation_fee_cents))
    _offer(form, service)
    return form


def _offer(form: Terms, service: Service) -> None:
    methods = BillingMethod.offered(service.company_id, service.billing_method_id)
    form.billing_method_id.offer([(row.id, row.name) for row in methods])
    form.due_day.offer([(day, f"{day:02}") for day in service.due_days()])
    form.billing_type.offer(list(BILLING_TYPES.items()))


def _page(service: Service, form: Terms) -> str:
    return page("staff/billings/edit.html", service, form=form, charged=was_charged(service))
