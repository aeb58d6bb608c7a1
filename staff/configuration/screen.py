"""One screen of Configuração: its place in the address, its words, its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort
from sqlalchemy import select

from models.base import db
from models.operators.catalogue_row import CatalogueRow
from web.links import address


@dataclass(frozen=True, kw_only=True)
class Screen:
    slug: str
    title: str
    about: str  # one sentence under the title
    table: type[CatalogueRow]
    room: str  # the blueprint, whose endpoints are index, new, edit, retire, restore, remove
    add: str = "Adicionar"
    permission: str = "catalog.read"
    editing: str = "catalog.edit"
    told: type[Any] | None = None  # the table its history tells of, where that is another one

    def url(self, view: str = "index", **values: Any) -> str:
        return address(f"staff.configuration.{self.room}.{view}", **values)

    def below(self, row: Any) -> dict[str, Any]:
        """What the address of the list of a row says of it."""
        return {}

    def rows(self, *options: Any) -> tuple[list[Any], list[Any]]:
        """(in use, out of use), by name."""
        seen = select(self.table).where(*self.table.seen()).options(*options).order_by(self.table.name)
        every = list(db.session.scalars(seen))
        return [row for row in every if not row.inactive_since], [row for row in every if row.inactive_since]

    def load(self, id: int, *options: Any) -> Any:
        """The row of a page; one that whoever acts may not see is a 404."""
        wanted = select(self.table).where(self.table.id == id, *self.table.seen()).options(*options)
        return db.session.scalars(wanted).first() or abort(404)


@dataclass(frozen=True, kw_only=True)
class Below(Screen):
    """Rows that are listed on the page of the row they belong to."""

    owner: str  # the column that names that row
    page: str  # the endpoint of its page

    def url(self, view: str = "index", **values: Any) -> str:
        return address(self.page, **values) if view == "index" else super().url(view, **values)

    def below(self, row: Any) -> dict[str, Any]:
        return {"id": getattr(row, self.owner)}


def toast_of(row: CatalogueRow, participle: str) -> str:
    """'Plano Fibra 500 adicionado', 'Origem Site adicionada': the kind of a row tells its gender."""
    article, noun = row.kind.split(" ", 1)
    return f"{noun[0].upper()}{noun[1:]} {row.name} {participle}{article}"
