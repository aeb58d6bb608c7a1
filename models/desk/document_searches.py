"""Asking whether a whole CPF or CNPJ is here, and it is nobody's: a few are mistakes, many try numbers out (B.17).

Whatever answers it is counted: both searches, the first step of a sale, the correction of a document.
"""

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
LENGTHS, CHECK_DIGITS = {"individual": 11, "organization": 14}, 2


def is_whole_document(typed: str, by_part: bool = False) -> bool:
    """Does it ask for a whole CPF or CNPJ, valid as one?

    `by_part`: documents are found by how they begin, so one without its check digits asks for the whole as well.
    """
    return any(_completes(word, kind, by_part) for word in words(typed) for kind in LENGTHS)


def _completes(word: str, kind: str, by_part: bool) -> bool:
    missing = LENGTHS[kind] - len(word)
    if not missing:
        return refusal_to_tax_id(word, kind) is None
    if not (by_part and word.isdecimal() and 0 < missing <= CHECK_DIGITS):
        return False
    return any(refusal_to_tax_id(f"{word}{end:0{missing}}", kind) is None for end in range(10**missing))


def refusal_to_search(operator_id: int, typed: str, by_part: bool = False) -> str | None:
    """Why this operator waits before the next whole document; names, codes and telephones are found all the time."""
    if not is_whole_document(typed, by_part) or not spent(_tries(operator_id)):
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
