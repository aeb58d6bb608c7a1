"""Enviar contrato por e-mail (C-34)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.contracts import Contract
from models.operators import company_of
from models.papers import mail_contract
from models.people import Person
from models.services import Service
from staff.loading import load_row
from web.access import staff
from web.forms import whole
from web.fragments import done
from web.messages import written

contract_mails = Blueprint("contract_mails", __name__)


@contract_mails.post("/contratos/<int:id>/envio")
@staff("contracts.issue")
def create(id: int) -> ResponseReturnValue:
    """Back to the end of the sale it was sent from, else to the contract."""
    contract = load_row(Contract, id)
    service = load_row(Service, contract.service_id)
    person = db.session.get_one(Person, service.person_id)
    letter = written("contract", person, company_of(contract), number=contract.number, plan=service.plan_name)
    notice = mail_contract(contract, *letter)
    db.session.commit()
    sale = whole(request.args.get("venda"))
    back = url_for("staff.customers.show", id=person.id, venda=sale) if sale else url_for("staff.prints.index", id=id)
    return done(back, f"Contrato {contract.number} na fila de envio para {notice.address}")
