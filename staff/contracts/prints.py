"""Abrir PDF Contrato: the current edition, earlier ones, and waiting while the worker prepares one (C-34, C-35)."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.contracts import Contract
from models.desk import customer_page
from models.documents.document import fingerprint
from models.papers import contract_paper
from models.services import Service
from staff.loading import load_row
from staff.printing import opened
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
    current = last is not None and last.values_hash == fingerprint(contract_paper(contract))
    return page(
        "staff/prints/index.html",
        service,
        contract=contract,
        editions=customer_page.editions(id),
        current=current,
        last=last,
    )


@prints.post("/contratos/<int:id>/impressao")
@staff("contracts.read")
def create(id: int) -> ResponseReturnValue:
    """Abrir PDF: the last edition while nothing changed, else a new one is issued first."""
    contract = load_row(Contract, id)
    document = contract.print(contract_paper(contract), load_row(Service, contract.service_id).person_id)
    db.session.commit()
    return redirect(url_for("staff.prints.show", id=id, document_id=document.id), 303)


@prints.get("/contratos/<int:id>/impressao/<int:document_id>")
@staff("contracts.read", renews=False)
def show(id: int, document_id: int) -> ResponseReturnValue:
    """The bytes when they are ready; until then a page that asks again by itself."""
    contract = load_row(Contract, id)
    return opened(
        contract,
        document_id,
        the=f"o contrato {contract.number}",
        filename=f"contrato-{contract.number}",
        back=url_for("staff.prints.index", id=id),
    )
