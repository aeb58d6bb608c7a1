"""Visões: how an operator asked for a list, kept under a name and, if wanted, shared with the others (B-09)."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEPT_IDS, Base, Id, db, lock, upsert
from models.operators.operator import Operator
from models.refused import Refused, require
from models.scope import OfCompany, who
from models.wording import tidy

MOST = 30  # of one operator in one list


class SavedView(OfCompany, Base):
    """Filters and order, no rows: whoever opens a shared one sees what they may see themselves."""

    __tablename__ = "saved_view"

    id: Mapped[Id]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    listing: Mapped[str] = mapped_column(String(80))  # the name of the list in web/lists.py
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(1000))  # as it stands in an address
    shared: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("operator_id", "listing", "company_id", "name", name="uq_saved_view_once"),
        KEPT_IDS,
    )

    @classmethod
    def keep(cls, listing: str, name: str, query: str, *, shared: bool = False) -> None:
        """Keep how a list is asked for; under a name of one's own that is there already, anew.

        Raises Refused without a name, for one that is too long, and when there are too many.
        """
        name, me = tidy(name), who().actor.id
        if not name or len(name) > cls.name.type.length:
            raise Refused("Dê um nome de até 60 letras, como «Vencidos do suporte».", field="name")
        if len(query) > cls.query.type.length:
            raise Refused("Estes filtros são longos demais para guardar. Tire algum.", field="name")
        lock(db.session.get_one(Operator, me))  # of several at once, each counts those before it
        mine = (cls.operator_id == me, cls.listing == listing)
        others = select(func.count(cls.id)).where(*mine, cls.name != name)
        if db.session.scalars(others).one() >= MOST:
            raise Refused(f"Você já guardou {MOST} visões desta lista. Exclua uma antes.", field="name")
        row = {"operator_id": me, "company_id": who().company_id, "listing": listing, "name": name}
        again = {"query": query, "shared": shared}
        kept = upsert(cls).values(**row, **again)
        db.session.execute(kept.on_conflict_do_update(index_elements=list(row), set_=again))

    def is_shown(self) -> bool:
        """May whoever acts open it: is it shared, or theirs?"""
        return self.shared or self.operator_id == who().actor.id

    def refusal_to_remove(self) -> str | None:
        return None if self.operator_id == who().actor.id else "Só quem guardou esta visão a exclui."

    def remove(self) -> None:
        """Nothing goes with it: what it showed is still there. Raises Refused for somebody else's."""
        require(self.refusal_to_remove())
        db.session.delete(self)


class View(NamedTuple):
    id: int
    name: str
    query: str
    shared: bool
    owner: str | None  # of somebody else's


def views(listing: str) -> list[View]:
    """The views of a list whoever acts may open: their own and those shared by operators in use, by name."""
    me = who().actor.id
    found = db.session.execute(_views(), {"listing": listing, "me": me})
    return [
        View(row.id, row.name, row.query, row.shared, row.owner if row.operator_id != me else None) for row in found
    ]


@cache  # every list asks it
def _views() -> Select[*tuple[Any, ...]]:
    rows = select(SavedView.id, SavedView.name, SavedView.query, SavedView.shared, SavedView.operator_id)
    rows = rows.add_columns(Operator.name.label("owner")).join(Operator, Operator.id == SavedView.operator_id)
    rows = rows.where(SavedView.listing == bindparam("listing"), or_(SavedView.shared, Operator.id == bindparam("me")))
    rows = rows.where(Operator.inactive_since.is_(None))  # nobody could remove what somebody retired has shared
    return rows.order_by(func.lower(SavedView.name), SavedView.id)
