"""The row a page is about, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from flask import abort, request
from sqlalchemy import Select, bindparam, select

from models.base import Base, db
from models.billing import Credit
from models.operators import zone_of
from models.people import Person
from models.scope import TODAS
from models.services import Service
from web.doors import me, stand_in
from web.inside import inside, is_of_another

R = TypeVar("R", bound=Base)


def confirmed() -> set[str]:
    """Which doubts about a visit were read and confirmed: the keys of `Conflict.keys`, as its button sends them."""
    return {key for value in request.form.getlist("confirmado") for key in value.split()}


def load_row(kind: type[R], id: int) -> R:
    """The row of this kind and number, to act on."""
    row: R | None = db.session.scalars(_numbered(kind), {"id": id}).first()
    if row is None or (inside() and is_of_another(_person_of(row))):
        abort(404)
    stand_by(row)
    return row


def _person_of(row: Any) -> int:
    """Whose it is: its own, or that of the service or credit above it; 0, who is nobody, where that is not known."""
    if isinstance(row, Person):
        return row.id
    if (person_id := getattr(row, "person_id", None)) is not None:
        return int(person_id)
    for name, above in (("service_id", Service), ("credit_id", Credit)):
        if id := getattr(row, name, None):
            return db.session.scalar(select(above.person_id).where(above.id == id)) or 0
    return 0


def stand_by(row: Any) -> None:
    """Whoever works in TODAS reads and writes by the clock of the row's company."""
    if getattr(row, "company_id", TODAS) not in (TODAS, me().company_id):
        stand_in(zone_of(row))


@cache
def _numbered(kind: Any) -> Select[Any]:
    return select(kind).where(kind.id == bindparam("id"))
