"""The CPF or CNPJ of a new customer, looked at when its field is left: nothing that was typed is touched (C-04)."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.base import reads_from_here
from models.desk.document_answer import DocumentAnswer, answer_to
from models.desk.document_searches import is_whole_document, refusal_to_search
from models.people.person import PERSON_KINDS
from staff.searching import missed
from web.access import staff
from web.doors import me

document_checks = Blueprint("document_checks", __name__)


@document_checks.post("/clientes/adicionar/documento")
@staff("sales.sell")
def create() -> ResponseReturnValue:
    """Counted as a search is: the answer tells whether somebody is a customer (B.17)."""
    reads_from_here()
    typed, kind = request.form.get("document", "")[:20].strip(), request.form.get("kind", "")
    if not typed or kind not in PERSON_KINDS:
        return render_template("staff/sales/_document.html", found=None)
    if refusal := refusal_to_search(me().id, typed):
        return render_template("staff/sales/_document.html", found=DocumentAnswer(refusal))
    drawn = render_template("staff/sales/_document.html", found=(found := answer_to(typed, kind)), kind=kind)
    if found.free and is_whole_document(typed):
        missed()
    return drawn
