"""A row of the workflow that other rows name: chosen while it is in use, and kept in use while it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self, TypeVar

from sqlalchemy import or_, select

from models.base import db, lock
from models.operators.catalogue_row import CatalogueRow
from models.operators.in_company import InCompany
from models.scope import TODAS

Refusal = Callable[[int], str | None]
_needs: dict[str, list[Refusal]] = {}
Row = TypeVar("Row", bound="ChosenRow")


def needs(table: type[CatalogueRow]) -> Callable[[Refusal], Refusal]:
    """Have the function asked, with its id, why a row of this table must stay in use."""

    def keep(refusal: Refusal) -> Refusal:
        _needs.setdefault(table.__tablename__, []).append(refusal)
        return refusal

    return keep


def refusal_while_needed(row: CatalogueRow) -> str | None:
    """Why a row must stay in use: another row in use names it."""
    refusals = _needs.get(row.__tablename__, ()) if row.id is not None else ()
    return next(filter(None, (refusal(row.id) for refusal in refusals)), None)


class ChosenRow(InCompany):
    @classmethod
    def offered(cls, company_id: int | None = None, kept: int | None = None) -> list[Self]:
        """Those in use of a company and of TODAS, and the one somebody has already (`kept`); by name.

        Without a company those of every company that whoever acts sees.
        """
        rows: Any = select(cls).where(or_(cls.inactive_since.is_(None), cls.id == kept)).order_by(cls.name)
        return list(
            db.session.scalars(rows if company_id is None else rows.where(cls.company_id.in_((TODAS, company_id))))
        )

    def refusal_to_retire(self) -> str | None:
        """Why it must stay in use: another row in use names it."""
        return refusal_while_needed(self)

    def retire(self) -> None:
        """As any row of a catalogue. Raises Refused while it is needed."""
        lock(self)  # whoever chooses it waits, and finds it out of use
        super().retire()


def hold(table: type[Row], id: Any, company_id: Any, kept: int | None = None) -> Row | None:
    """The row a row of this company may name, held until the commit; None for what it may not.

    In use or the one it has (`kept`), of the same company or of TODAS.
    """
    wanted: Any = select(table).where(table.id == id, table.company_id.in_((TODAS, company_id)))
    found: Row | None = db.session.scalars(wanted.with_for_update()).first() if isinstance(id, int) else None
    return found if found is not None and (found.inactive_since is None or found.id == kept) else None
