"""Salvar CSV: every line of a retorno with what became of it, for a spreadsheet."""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from models.collection.file_pages import results as lines
from staff.bank_files.bank_files import PATH
from staff.bank_files.loading import load
from web.access import staff
from web.csv import download

results = Blueprint("results", __name__)
HEADS = {
    "line": "Linha",
    "nosso_numero": "Título no banco",
    "occurrence": "Ocorrência",
    "number": "Fatura",
    "person": "Cliente",
    "due_on": "Vencimento",
    "paid_cents": "Pago",
    "bank_fee_cents": "Tarifa",
    "occurred_on": "Em",
    "credited_on": "Creditado em",
    "words": "O que acontece",
    "note": "Observação",
}


@results.post(f"{PATH}/<int:id>/csv")
@staff("billing.files")
def create(id: int) -> ResponseReturnValue:
    """What is not a retorno has no lines."""
    file = load(id).file
    if file.direction != "return":
        abort(404)
    return download(f"Retorno {file.name}", f"retorno-{id}", HEADS, lambda: lines(id))
