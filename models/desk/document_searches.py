"""Searches for a whole CPF or CNPJ that find nobody: a few are mistakes of reading, many try numbers out (B.17)."""

from __future__ import annotations

from datetime import timedelta

from models.base import db
from models.desk.customers import words
from models.history import track
from models.operators import Operator
from models.operators.throttle import Tries, end_of, spent, within
from models.people import refusal_to_tax_id
from models.wording import hour

MOST, WINDOW = 20, timedelta(minutes=10)


def is_whole_document(typed: str) -> bool:
    """Does it ask for a whole CPF or CNPJ, valid as one?"""
    return any(
        refusal_to_tax_id(word, kind) is None for word in words(typed) for kind in ("individual", "organization")
    )


def refusal_to_search(operator_id: int, typed: str) -> str | None:
    """Why this operator waits before the next whole document; names, codes and telephones are found all the time."""
    if not is_whole_document(typed) or not spent(_tries(operator_id)):
        return None
    return (
        f"Foram {MOST} documentos que ninguém tem, em {WINDOW.seconds // 60} minutos. Confira o número com o cliente e "
        f"procure pelo nome, ou espere até {hour(end_of(WINDOW))}."
    )


def count_miss(operator_id: int) -> None:
    """Count one document that found nobody; the last one allowed is written down."""
    for key, most, window in _tries(operator_id):
        within(key, most, window)
    if spent(_tries(operator_id)):
        operator = db.session.get_one(Operator, operator_id)
        track("search.paused", operator, tries=MOST, until_at=end_of(WINDOW).isoformat())


def _tries(operator_id: int) -> Tries:
    return [(f"missed:{operator_id}", MOST, WINDOW)]
