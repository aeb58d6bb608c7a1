"""Abrir PDF Contrato: the current edition, earlier ones, and waiting while the worker prepares one (C-34, C-35)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.contracts import USUAL, Contract, refusal_to_leave_open
from models.desk import customer_page
from models.documents.document import fingerprint
from models.papers import contract_paper, refusal_to_mail_contract
from models.people import Person
from models.services import Service
from staff.loading import load_row
from staff.printing import awaited, handed, print_of
from staff.services.loading import page
from web.access import staff

prints = Blueprint("prints", __name__)


@prints.get("/contratos/<int:id>")
@staff("contracts.read")
def index(id: int) -> ResponseReturnValue:
    """The editions of a contract; says so when the data changed since the last one."""
    contract = load_row(Contract, id)
    service = load_row(Service, contract.service_id)
    last = contract.last_print()
    paper = contract_paper(contract)
    current = last is not None and last.values_hash == fingerprint(paper)
    refusal = None if current else refusal_to_leave_open(paper)
    row = next(row for row in customer_page.contracts([service.id]) if row.contract.id == id)
    editions = customer_page.editions(id)
    person = db.session.get_one(Person, service.person_id)
    mail_refusal = refusal_to_mail_contract(contract, person.contacts().get("email", ""))
    shown = {
        "row": row,
        "mail_refusal": mail_refusal,
        "usual": USUAL,
        "editions": editions,
        "current": current,
        "refusal": refusal,
    }
    return page("staff/prints/index.html", service, **shown)


@prints.get("/contratos/<int:id>/impressao/<int:document_id>")
@staff("contracts.read", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """Waits for the bytes, and opens them."""
    contract = load_row(Contract, id)
    return awaited(
        contract,
        document_id,
        the=f"o contrato {contract.number}",
        again=url_for(".show", id=id, document_id=document_id),
        ready=url_for(".create", id=id, document_id=document_id),
        back=url_for("staff.prints.index", id=id),
    )


@prints.post("/contratos/<int:id>/impressao")
@prints.post("/contratos/<int:id>/impressao/<int:document_id>")
@staff("contracts.read")
def create(id: int, document_id: int | None = None) -> ResponseReturnValue:
    """Abrir PDF: the last edition while nothing changed, else a new one is issued first; or an earlier edition."""
    contract = load_row(Contract, id)
    person_id = load_row(Service, contract.service_id).person_id
    if document_id is None:
        document = contract.print(contract_paper(contract), person_id)
    elif (document := print_of(contract, document_id)).ready:
        contract.show_print(document, person_id)
    return handed(document, f"contrato-{contract.number}", url_for(".show", id=id, document_id=document.id))
