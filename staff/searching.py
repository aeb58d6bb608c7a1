"""Counting who asks whether a CPF or CNPJ is here: the searches of the Painel, and the forms whose answer tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.exceptions import TooManyRequests

from models.base import db, may_write, reads_from_here
from models.desk.customers import allowed
from models.desk.document_searches import count_miss, is_whole_document, refusal_to_search
from models.people.person import Registered
from models.refused import TooOften
from web.doors import me
from web.forms import Form


def searched(by_part: bool = False) -> str:
    """What somebody searches for, counted; a post, because a CPF may not stand in an address.

    Raises TooManyRequests after 60 a minute each, TooOften for too many documents that nobody has.
    """
    if not allowed(me().id):
        raise TooManyRequests(retry_after=60)
    q = request.form.get("q", "")[:120].strip()
    refusal = refusal_to_search(me().id, q, by_part)
    db.session.commit()
    if refusal:
        raise TooOften(refusal)
    reads_from_here()
    return q


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
