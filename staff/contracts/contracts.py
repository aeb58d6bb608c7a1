"""Editar contrato: what a contract says of how its service is treated (A-120)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.catalog import DunningRule
from models.contracts import USUAL, Contract
from models.refused import require
from models.services import Service
from models.workflows import SlaTable
from staff.loading import load_row
from staff.services.loading import page
from web.access import staff
from web.forms import Choice, Form
from web.fragments import done

contracts = Blueprint("contracts", __name__)


class ContractForm(Form):
    sla_table_id = Choice("Tabela de SLA", empty=USUAL)
    dunning_rule_id = Choice("Régua de cobrança", empty=USUAL)


@contracts.get("/contratos/<int:id>/editar")
@staff("contracts.issue")
def edit(id: int) -> ResponseReturnValue:
    contract = load_row(Contract, id)
    require(contract.refusal_to_change(), fix=contract)
    return _page(contract, _form(contract))


@contracts.post("/contratos/<int:id>/editar")
@staff("contracts.issue")
def update(id: int) -> ResponseReturnValue:
    contract = load_row(Contract, id)
    form = _form(contract)
    if form.accepts(lambda: contract.change(form.seen, form.dunning_rule_id.data, form.sla_table_id.data)):
        back = url_for("staff.service_contracts.index", id=contract.service_id)
        return done(back, f"Contrato {contract.number} gravado")
    return _page(contract, form), form.code


def _form(contract: Contract) -> ContractForm:
    """Ladders and tables are those of the contract's company and of TODAS, and the ones it has."""
    form = ContractForm(obj=contract)
    offered = DunningRule.offered(contract.company_id, contract.dunning_rule_id)
    form.dunning_rule_id.offer([(row.id, row.name) for row in offered])
    tables = SlaTable.offered(contract.company_id, contract.sla_table_id)
    form.sla_table_id.offer([(row.id, row.name) for row in tables])
    return form.edits(contract)


def _page(contract: Contract, form: ContractForm) -> str:
    service = load_row(Service, contract.service_id)
    return page("staff/contracts/edit.html", service, contract=contract, form=form)
