"""Pix recebidos: what settled by itself, and what waits for a person."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from models.billing import FLAGS
from models.collection import RECEIPT_OUTCOMES
from models.collection.candidates import candidates, of_pix
from models.collection.file_pages import RECEIPTS, ReceiptRow, find_receipt, receipt_counts, receipts
from models.wording import tidy
from staff.bank_files.loading import of_page, place
from web.access import staff
from web.forms import Form, whole
from web.fragments import done
from web.paging import written

pix_receipts = Blueprint("pix_receipts", __name__)
PATH = "/pix-recebidos"


class Settling(Form):
    number = StringField("Número da fatura")


@pix_receipts.get(PATH)
@staff("billing.files")
def index() -> ResponseReturnValue:
    shown = request.args.get("situacao")
    shown = shown if shown in RECEIPT_OUTCOMES else None
    rows, more = of_page(receipts(shown, place(RECEIPTS)))
    bank = current_app.extensions["pix"]
    return render_template(
        "staff/pix_receipts/index.html",
        rows=rows,
        following=written((rows[-1].receipt.happened_at, rows[-1].receipt.id)) if more else None,
        shown=shown,
        counts=receipt_counts(),
        outcomes=RECEIPT_OUTCOMES,
        flags=FLAGS,
        configured=bank is not None,
        simulated_bank=bank is not None and bank.simulated,
    )


@pix_receipts.get(f"{PATH}/<int:id>/baixa")
@staff("billing.files")
def edit(id: int) -> ResponseReturnValue:
    return _page(_load(id), Settling())


@pix_receipts.post(f"{PATH}/<int:id>/baixa")
@staff("billing.files")
def update(id: int) -> ResponseReturnValue:
    """Baixar na fatura nº."""
    found, form = _load(id), Settling()
    if form.accepts(lambda: found.receipt.settle_on(whole(form.number.data))):
        return done(url_for("staff.pix_receipts.index"), f"Pix baixado na fatura {whole(form.number.data)}")
    return _page(found, form), form.code


def _load(id: int) -> ReceiptRow:
    return find_receipt(id) or abort(404)


def _page(found: ReceiptRow, form: Settling) -> str:
    name, person_id = tidy(request.args.get("cliente", ""))[:120], found.invoice.person_id if found.invoice else None
    waits = not found.receipt.refusal_to_settle()
    return render_template(
        "staff/pix_receipts/edit.html",
        row=found,
        form=form,
        outcomes=RECEIPT_OUTCOMES,
        found=candidates(of_pix(found.receipt, person_id), name) if waits else [],
        name=name,
    )
