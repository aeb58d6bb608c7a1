"""A catalogue row of one company, or of TODAS: who may write it, and in which company it may stand (X-01)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from models.base import db
from models.operators.catalogue_row import CatalogueRow
from models.operators.company import Company
from models.scope import TODAS, OfCompany, who

OF_ALL = "Vale para todas as empresas. Para alterar, troque para TODAS no menu do seu nome."


class InCompany(CatalogueRow, OfCompany):
    @classmethod
    def seen(cls) -> list[ColumnElement[bool]]:
        mine = who().company_id
        return [] if mine == TODAS else [cls.company_id.in_((TODAS, mine))]

    def refusal_to_change(self) -> str | None:
        """Whoever works in one company uses the rows of TODAS and leaves them as they are."""
        foreign = who().company_id not in (TODAS, TODAS if self.company_id is None else self.company_id)
        return OF_ALL if foreign and self.id is not None else None

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        errors = super().errors(new)
        company_id = new.get("company_id")
        kept = self.id is not None and company_id == self.company_id  # its company may have gone out of use since
        if self.id is not None and company_id not in (self.company_id, TODAS):
            errors["company_id"] = "Quem já usa este item é de outra empresa. Crie um novo para esta, ou escolha TODAS."
        elif not kept and company_id not in {company.id for company in writable_companies()}:
            errors["company_id"] = "Escolha a empresa."
        return errors


def writable_companies(kept: int | None = None) -> list[Company]:
    """Where whoever acts may put a row: the own company; in TODAS, any that is in use, or the one it has."""
    return list(db.session.scalars(_writable(who().company_id), {"kept": kept}))


@lru_cache(100)  # every form of the configuration asks
def _writable(_company_id: int) -> Select[Company]:
    offered = or_(Company.inactive_since.is_(None), Company.id == bindparam("kept"))
    return select(Company).where(offered, *Company.seen()).order_by(Company.id)
