"""Mandar por e-mail every invoice somebody ticked: who has no e-mail is refused by name, the others are sent (B-09)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db, reads_from_here
from models.billing import Invoice
from models.operators import company_of
from models.papers import mail_invoice, mailed_facts
from models.people import Person
from models.wording import counted
from staff.billing.invoices import INVOICES
from web.access import staff
from web.fragments import done
from web.lists import Asked, Outcome, chosen, each
from web.messages import written

chosen_invoices = Blueprint("chosen_invoices", __name__)


@chosen_invoices.post("/faturas/escolhidas")
@staff("billing.charge")
def create() -> ResponseReturnValue:
    """Back to the list when all were sent; else a page that says of each what became of it."""
    asked, seen = INVOICES.asked(request.form), chosen()
    found = db.session.scalars(select(Invoice).where(Invoice.id.in_(seen)).order_by(Invoice.id))
    rows = {row.id: row for row in found}
    told = names(seen)
    outcomes = each(rows, lambda invoice, version: mail_invoice(invoice, version, *_letter(invoice)), seen)
    db.session.commit()
    acted = sum(one.refusal is None for one in outcomes)
    words = f"{counted(acted, 'fatura')} na fila de envio" if acted else "Nada foi enviado"
    if acted == len(seen):
        return done(asked.address(), words)
    return result("Mandar por e-mail", words, asked, outcomes, told, len(seen))


def names(ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """The number of each invoice and its customer, by id."""
    rows = select(Invoice.id, Invoice.number, Person.name).join(Person, Person.id == Invoice.person_id)
    return {row.id: (row.number, row.name) for row in db.session.execute(rows.where(Invoice.id.in_(ids)))}


def result(
    title: str,
    words: str,
    asked: Asked,
    outcomes: Sequence[Outcome],
    told: dict[int, tuple[int, str]],
    seen: int,
    file: str = "",
) -> Response:
    """The page that says of each of the `seen` what became of it; `file` is the address of what was printed."""
    reads_from_here()
    acted, gone = sum(one.refusal is None for one in outcomes), seen - len(outcomes)
    values = {"asked": asked, "outcomes": outcomes, "told": told, "acted": acted, "gone": gone, "file": file}
    page = render_template("staff/chosen_invoices/result.html", title=title, words=words, **values)
    answer = make_response(page, 200 if acted else 422)
    answer.headers["Content-Location"] = asked.address()
    return answer


def _letter(invoice: Invoice) -> tuple[str, str]:
    person = db.session.get_one(Person, invoice.person_id)
    facts = {"number": invoice.number, "due_on": invoice.due_on, **mailed_facts(invoice)}
    return written("invoice", person, company_of(invoice), **facts)
