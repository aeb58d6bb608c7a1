"""Row by row: one verb, one commit; a row that fails is left out, named, and does not stop the others (B-06)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Select, null, select
from sqlalchemy.exc import OperationalError

from models.base import db
from models.billing import Invoice
from models.collection import BankFileRecord
from models.outbox import Left, keep_left_out, open_keys, solve
from models.people import Person
from models.refused import Refused
from models.sales import Sale
from models.services import Service
from web.logs import masked

log = logging.getLogger("enlace")
BATCH = 200
MORE = "Corrija o que está estranho neste cadastro e mande repetir; o registro do sistema diz mais."
OWNERS: dict[str, tuple[Any, Any]] = {  # whose company a row is of, and the column of its customer
    "service": (Service, Service.person_id),
    "invoice": (Invoice, Invoice.person_id),
    "person": (Person, Person.id),
    "sale": (Sale, Sale.person_id),
    "bank_file_record": (BankFileRecord, null()),
}
R = TypeVar("R")
Name = Callable[[R], Left]  # whose row it is; its sentence is written here


def each(work: str, rows: Iterable[R], act: Callable[[R], int], name: Name[R], needs: Select[int] | None = None) -> int:
    """Call `act` for each row, one commit each; how many it changed. A row that fails is rolled back and kept as left
    out of `work` (models/outbox/left_out.py), under what `name` says of it.

    What was left out is solved when it goes through. `needs` are the ids that the work has anything to do for, now and
    whatever part of them this run looks at (a day, some hours): one that is none of them any more needs nothing, and
    is solved too. Raises only when it is the database that fails, for then no other row would go better.
    """
    waiting, passed, failed, changed = open_keys(work), set[str](), set[str](), 0
    db.session.rollback()
    for row in rows:
        left = name(row)
        try:
            done = act(row)
            db.session.commit()
            changed += done
            passed.add(left.key)
        except Exception as error:
            leave_out(work, left, error)
            failed.add(left.key)
    went_through = waiting & passed - failed
    if needs is not None:
        went_through |= _needless(waiting - passed - failed, needs)
    if solve(work, went_through):
        db.session.commit()
    return changed


def _needless(keys: set[str], needs: Select[int]) -> set[str]:
    """Those of the rows left out that a work has nothing to do for any more."""
    (column,) = needs.selected_columns
    ids = {key: int(key.split(":")[1]) for key in keys}
    still = set(db.session.scalars(needs.where(column.in_(ids.values())))) if ids else set()
    return {key for key, id in ids.items() if id not in still}


def left_ids(work: str) -> list[int]:
    """The rows of a work that wait, for one that looks back only so far."""
    return [int(key.split(":")[1]) for key in open_keys(work)]


def leave_out(work: str, left: Left, error: Exception) -> None:
    """Undo what the session holds and keep the row as left out. Raises the error when the database fails."""
    db.session.rollback()
    raise_if_lost(error)
    keep(work, [replace(_owned(left), sentence=sentence_of(error))])
    extra = {"routine": work, "error": type(error).__name__}
    log.error(f"routine left out row {left.id}", extra=extra, exc_info=error)


def keep(work: str, lefts: Iterable[Left]) -> None:
    """Keep rows as left out, in a transaction of their own."""
    keep_left_out(work, lefts)
    db.session.commit()


def named(kind: str) -> Name[int]:
    """Rows known by their number alone."""
    return lambda id: Left(kind, id, "", fix=(kind, id))


def sentence_of(error: Exception) -> str:
    """What a person reads of it: the sentence of a refusal, or the kind of an error with what to do."""
    if isinstance(error, Refused):
        return error.sentence or "Foi recusado sem explicação. Confira o cadastro e mande repetir."
    return f"Erro inesperado ({error_text(error)[:160]}). {MORE}"


def error_text(error: Exception) -> str:
    """Name and first line of an error: the lines below hold the values of a statement."""
    lines = str(getattr(error, "orig", None) or error).splitlines()
    return masked(f"{type(error).__name__}: {lines[0] if lines else ''}")


def batches(query: Select[int]) -> Iterator[int]:
    """The ids a query gives, read in batches with a cursor, so that rows that stay do not hide those behind them."""
    (column,) = query.selected_columns
    last = 0
    while ids := list(db.session.scalars(query.where(column > last).order_by(column).limit(BATCH))):
        yield from ids
        last = ids[-1]


def _owned(left: Left) -> Left:
    """With the company and the customer of its row."""
    if left.kind not in OWNERS:
        return left
    table, person_id = OWNERS[left.kind]
    row = db.session.execute(select(table.company_id, person_id).where(table.id == left.id)).first()
    return replace(left, company_id=row[0], person_id=left.person_id or row[1]) if row else left


def raise_if_lost(error: Exception) -> None:
    """Raise it again when there is no connection, or SQLite's one write lock is taken: no row would go better."""
    if isinstance(error, OperationalError) and (error.connection_invalidated or "is locked" in str(error.orig)):
        raise error
