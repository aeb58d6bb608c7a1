"""Counting who asks whether a CPF or CNPJ is here: the searches of the Painel, and the forms whose answer tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.base import db, may_write
from models.desk.document_searches import count_miss, is_whole_document, refusal_to_search
from models.people.person import Registered
from models.refused import TooOften
from web.doors import me
from web.forms import Form


def missed() -> None:
    """Count the miss in a transaction of its own: what asked only read, or was refused."""
    operator_id = me().id
    db.session.rollback()
    with may_write():
        count_miss(operator_id)
        db.session.commit()


def accepts_document(form: Form, typed: str | None, act: Callable[[], Any]) -> bool:
    """`form.accepts(act)`, whose answer tells whether somebody has the document `typed`: counted as a search is.

    Refused with the sentence of the searches, beside its field, when it was too often.
    """
    whole = is_whole_document(typed or "")

    def asked() -> None:
        if refusal := refusal_to_search(me().id, typed or ""):
            raise TooOften(refusal, field="document")
        act()
        if whole:
            count_miss(me().id)

    if form.accepts(asked):
        return True
    if whole and form.code == Registered.status and not isinstance(form.refused, Registered):
        missed()
    return False


def may_ask(typed: str | None) -> bool:
    """Count, in this transaction, an answer that will not say which it was; False when that was too often."""
    if not is_whole_document(typed or ""):
        return True
    if refusal_to_search(me().id, typed or ""):
        return False
    count_miss(me().id)
    return True
