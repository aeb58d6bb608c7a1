"""Contratos of a service: the list, and + to add one (C-32, C-33)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.catalog import ContractTemplate, DunningRule
from models.contracts import USUAL, Contract, refusal_to_contract
from models.desk import customer_page
from models.operators import today_of
from models.papers import contract_paper
from models.refused import Refused
from models.sales import offers
from models.services import Service
from models.workflows import SlaTable
from staff.services.loading import load, page
from web.access import staff
from web.forms import Choice, Form
from web.fragments import done

service_contracts = Blueprint("service_contracts", __name__)


class NewContract(Form):
    company_id = Choice("Empresa")
    template_id = Choice("Modelo de contrato")
    sla_table_id = Choice("Tabela de SLA", empty=USUAL)
    dunning_rule_id = Choice("Régua de cobrança", empty=USUAL)


@service_contracts.get("/servicos/<int:id>/contratos")
@staff("contracts.read")
def index(id: int) -> ResponseReturnValue:
    service = load(id)
    return page(
        "staff/service_contracts/index.html",
        service,
        contracts=customer_page.contracts([id]),
        refusal=refusal_to_contract(service),
    )


@service_contracts.get("/servicos/<int:id>/contratos/adicionar")
@staff("contracts.issue")
def new(id: int) -> ResponseReturnValue:
    service = load(id)
    form = _offered(NewContract(data={"company_id": service.company_id}), service)
    return page("staff/service_contracts/new.html", service, form=form)


@service_contracts.post("/servicos/<int:id>/contratos/adicionar")
@staff("contracts.issue")
def create(id: int) -> ResponseReturnValue:
    service = load(id)
    form = _offered(NewContract(), service)
    if form.accepts(lambda: _issue(service, form)):
        return done(url_for("staff.service_contracts.index", id=id), "Contrato adicionado")
    return page("staff/service_contracts/new.html", service, form=form), form.code


def _offered(form: NewContract, service: Service) -> NewContract:
    """Templates are those of the service's company and of TODAS."""
    company = offers.company(service.company_id)
    form.company_id.offer([(company.id, company.name)])
    form.template_id.offer([(row.id, row.name) for row in offers.templates(service.company_id)])
    form.dunning_rule_id.offer([(row.id, row.name) for row in DunningRule.offered(service.company_id)])
    form.sla_table_id.offer([(row.id, row.name) for row in SlaTable.offered(service.company_id)])
    return form


def _issue(service: Service, form: NewContract) -> None:
    errors = {}
    if form.company_id.data != service.company_id:
        errors["company_id"] = "Escolha a empresa do serviço."
    if form.template_id.data not in {row.id for row in offers.templates(service.company_id)}:
        errors["template_id"] = "Escolha o modelo de contrato."
    if errors:
        raise Refused(errors=errors)
    template = db.session.get_one(ContractTemplate, form.template_id.data)
    contract = Contract.issue(service, template, today_of(service), form.dunning_rule_id.data, form.sla_table_id.data)
    contract.print(contract_paper(contract), service.person_id)
