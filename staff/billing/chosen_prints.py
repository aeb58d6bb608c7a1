"""Imprimir the invoices somebody ticked: each is printed as itself, and one file holds them all (B-09)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.base import db
from models.billing import Invoice
from models.documents import Document
from models.papers import print_invoice, show_invoice
from models.wording import counted
from staff.billing.chosen_invoices import names, result
from staff.billing.invoices import INVOICES
from staff.printing import waited
from web.access import staff
from web.forms import whole
from web.fragments import done
from web.lists import MOST, chosen, each
from web.printing import joined, pdf

chosen_prints = Blueprint("chosen_prints", __name__)
PATH = "/faturas/escolhidas/impressao"


@chosen_prints.get(PATH)
@staff("billing.read", renews=False)
def show() -> ResponseReturnValue:
    """Waits for the bytes of all of them, and opens them."""
    if "pdf" not in request.args:
        return redirect(url_for("staff.invoices.index"))
    documents = [document for document, _ in _asked()]
    ids = [document.id for document in documents]
    return waited(
        documents,
        the="a fatura" if len(documents) == 1 else f"as {len(documents)} faturas",
        again=url_for(".show", pdf=ids),
        ready=url_for(".create", pdf=ids),
        back=url_for("staff.invoices.index"),
    )


@chosen_prints.post(PATH)
@staff("billing.read")
def create() -> ResponseReturnValue:
    """Prints those that are ticked and waits for them; who is closed is named. Or, of those printed, gives the file."""
    if "pdf" in request.args:
        return _handed(_asked())
    asked, seen = INVOICES.asked(request.form), chosen()
    found = db.session.scalars(select(Invoice).where(Invoice.id.in_(seen)).order_by(Invoice.id))
    rows, printed = {row.id: row for row in found}, dict[int, int]()
    told = names(seen)
    outcomes = each(rows, lambda row, _: printed.update({row.id: print_invoice(row).id}), seen)
    db.session.commit()
    file = url_for(".show", pdf=list(printed.values())) if printed else ""
    if len(printed) == len(seen):
        return done(file)
    words = f"{counted(len(printed), 'fatura')} para imprimir" if printed else "Nada foi impresso"
    return result("Imprimir", words, asked, outcomes, told, len(seen), file=file)


def _asked() -> Sequence[tuple[Document, Invoice]]:
    """The prints that the address names, by invoice. Raises 404 for the print of anything else."""
    ids = {whole(one) for one in request.args.getlist("pdf")}
    mine = select(Document, Invoice).join(Invoice, Invoice.id == Document.subject_id)
    mine = mine.where(Document.subject_type == Invoice.__tablename__, Document.id.in_(list(ids)[:MOST]))
    rows = [(document, invoice) for document, invoice in db.session.execute(mine.order_by(Invoice.id, Document.id))]
    return rows if ids and len(rows) == len(ids) else abort(404)


def _handed(rows: Sequence[tuple[Document, Invoice]]) -> ResponseReturnValue:
    contents = [document.content for document, _ in rows if document.content is not None]
    if len(contents) < len(rows):
        return done(url_for(".show", pdf=[document.id for document, _ in rows]))
    for _, invoice in rows:
        show_invoice(invoice)
    db.session.commit()
    return pdf(joined(contents), "faturas")
