"""A contract sent to its customer: what it says now, on paper and in its mail (C-34)."""

from __future__ import annotations

from models.base import db
from models.contracts import Contract
from models.notices import Notice
from models.papers.contract_paper import contract_paper
from models.people import Person
from models.refused import Refused
from models.services import Service

NO_EMAIL = "O cliente não tem e-mail no cadastro. Escreva um em Dados e envie de novo."


def refusal_to_mail_contract(contract: Contract, email: str) -> str | None:
    """Why a contract is not sent to somebody with this address; empty: they have none."""
    if contract.status == "cancelled":
        return "Um contrato cancelado não se envia: ele não vale mais."
    return None if email else NO_EMAIL


def mail_contract(contract: Contract, subject: str, body: str) -> Notice:
    """Print what it says now and send it. Raises Refused without an e-mail, cancelled, or with a field left open."""
    service = db.session.get_one(Service, contract.service_id)
    person = db.session.get_one(Person, service.person_id)
    address = person.contacts().get("email", "")
    if refusal := refusal_to_mail_contract(contract, address):
        raise Refused(refusal, fix=person)
    document = contract.print_for(address, contract_paper(contract), person.id)
    return Notice.send_later("contract", person.id, contract.company_id, address, subject, body, document.id)
