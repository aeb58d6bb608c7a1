"""Pages of a list by keyset: the next one begins behind the last row of this one, whatever came or went meanwhile.

The WHERE is written from the ORDER BY, so the two cannot disagree. web/paging.py puts the key of a row in an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, or_, tuple_
from sqlalchemy.orm import QueryableAttribute
from sqlalchemy.types import TypeDecorator

Rows = TypeVar("Rows", bound=Select[*tuple[Any, ...]])
Key = tuple[Any, ...]  # the values of the ordered columns in a row, in their order; None where it has none


@dataclass(frozen=True, eq=False)
class By:
    """A column of an ORDER BY. Rows without a value, where there may be such, come last in either direction."""

    column: ColumnElement[Any] | QueryableAttribute[Any]
    descending: bool = False
    nullable: bool = False

    @property
    def kind(self) -> type:
        """int, str, date or datetime."""
        kind = self.column.type
        return (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type

    def order(self) -> list[ColumnElement[Any]]:
        ordered = self.column.desc() if self.descending else self.column.asc()
        return [self.column.is_(None), ordered] if self.nullable else [ordered]

    def same(self, value: Any) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value

    def beyond(self, value: Any) -> ColumnElement[bool]:
        """Strictly behind a value."""
        if value is None:
            return false()
        further = self.column < value if self.descending else self.column > value
        return or_(further, self.column.is_(None)) if self.nullable else further


class Keyset:
    """The order of a list. Its last column tells rows apart, else ties would be lost between two pages."""

    def __init__(self, *columns: By) -> None:
        self.columns = columns

    def turned(self) -> Keyset:
        """The same rows from the other end; those without a value stay last."""
        return Keyset(*(By(by.column, not by.descending, by.nullable) for by in self.columns))

    @property
    def kinds(self) -> tuple[tuple[type, bool], ...]:
        """Of each value of a key: its type, and whether it may be None."""
        return tuple((by.kind, by.nullable) for by in self.columns)

    def of(self, row: Any) -> Key:
        """The key of a row that has the ordered columns."""
        return tuple(getattr(row, str(by.column.key)) for by in self.columns)

    def page(self, rows: Rows, after: Key | None, size: int | None = None) -> Rows:
        """The rows in order from behind a key, one more than `size`, which tells whether there is a next page."""
        if after is not None:
            rows = rows.where(self._behind(after))
        ordered = rows.order_by(*(part for by in self.columns for part in by.order()))
        return ordered.limit(size + 1) if size else ordered

    def _behind(self, key: Key) -> ColumnElement[bool]:
        """One comparison of whole keys where every column runs the same way, for which one index is enough."""
        if len({by.descending for by in self.columns}) == 1 and not any(by.nullable for by in self.columns):
            own = tuple_(*(by.column for by in self.columns))
            return own < key if self.columns[0].descending else own > key
        same: list[ColumnElement[bool]] = []
        ways = []
        for by, value in zip(self.columns, key, strict=True):
            ways.append(and_(*same, by.beyond(value)))
            same.append(by.same(value))
        return or_(*ways)
