"""The contract of a service as PDF, as it was printed last, and waiting while the worker prepares it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.contracts import Contract
from models.documents import Document
from models.papers import contract_paper
from models.services import Service
from web.access import subscriber
from web.doors import me
from web.printing import pdf, progress, waiting

contract_prints = Blueprint("contract_prints", __name__)


@contract_prints.post("/contratos/<int:id>/pdf")
@subscriber("proved")
def create(id: int) -> ResponseReturnValue:
    """The last edition, as it was agreed: asking for it makes no new one. A contract never printed is printed."""
    contract = _load(id)
    document = contract.last_print()
    if document is None:
        document = contract.print(contract_paper(contract), me().id)
    else:
        contract.show_print(document, me().id)
    db.session.commit()
    if document.content is None:
        return redirect(url_for("portal.contract_prints.show", id=id), 303)
    return pdf(document.content, f"contrato-{contract.number}")


@contract_prints.get("/contratos/<int:id>/pdf")
@subscriber("proved")
def show(id: int) -> ResponseReturnValue:
    """Offers to open it; while it is printed asks again by itself, and then opens it."""
    contract = _load(id)
    return _waiting(contract, contract.last_print())


def _waiting(contract: Contract, document: Document | None) -> Response:
    state = progress(document) if document else "new"
    return waiting(render_template("portal/contracts/pdf.html", contract=contract, state=state), state)


def _load(id: int) -> Contract:
    """A contract in force of whoever is signed in; anybody else's is a 404."""
    mine = select(Contract).join(Service, Service.id == Contract.service_id)
    mine = mine.where(Contract.id == id, Contract.status == "active", Service.person_id == me().id)
    return db.session.scalars(mine).first() or abort(404)
