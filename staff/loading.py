"""The row a page is about, through the operator's companies; a stranger's is a 404."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from flask import abort
from sqlalchemy import Select, bindparam, select

from models.base import Base, db

R = TypeVar("R", bound=Base)


def load_row(kind: type[R], id: int) -> R:
    """The row of this kind and number, to act on."""
    row: R | None = db.session.scalars(_numbered(kind), {"id": id}).first()
    return row or abort(404)


@cache
def _numbered(kind: Any) -> Select[Any]:
    return select(kind).where(kind.id == bindparam("id"))
