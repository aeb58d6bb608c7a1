"""What a company is proposed with: one row each, and a company without one follows TODAS."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from sqlalchemy import ForeignKey, inspect, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column

from models.base import Id, db
from models.history import track
from models.operators.catalogue_row import plain
from models.operators.company import Company, company_of
from models.operators.versioned import Versioned
from models.refused import Refused
from models.scope import TODAS, OfCompany


class CompanySettings(Versioned, OfCompany):
    """`proposed` are the columns that are chosen, `usual` what they are while nobody chose, where that is not NULL."""

    kind: ClassVar[str]  # "os padrões da venda", as history says it
    proposed: ClassVar[tuple[str, ...]]
    usual: ClassVar[dict[str, Any]] = {}

    if TYPE_CHECKING:

        def __init__(self, **values: Any) -> None: ...

    id: Mapped[Id]
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), unique=True)

    @property
    def label(self) -> str:
        return self.kind.removeprefix("os ")

    @classmethod
    def of(cls, company_id: int) -> Self:
        """What a company follows: its own, that of TODAS, or nothing proposed."""
        wanted = select(cls).where(cls.company_id.in_((TODAS, company_id)))
        rows = {row.company_id: row for row in db.session.scalars(wanted)}
        return rows.get(company_id) or rows.get(TODAS) or cls(company_id=company_id, **cls.usual)

    @classmethod
    def own(cls, company_id: int) -> Self:
        """Those of a company to change: its own, or new ones, of version 0, that begin as those it follows."""
        followed = cls.of(company_id)
        if followed.id is not None and followed.company_id == company_id:
            return followed
        return cls(company_id=company_id, version=0, **{field: getattr(followed, field) for field in cls.proposed})

    @classmethod
    def by_company(cls, companies: Iterable[Company]) -> dict[int, Self]:
        """Those each of these companies follows, with the rows they name; one question."""
        named = [joinedload(getattr(cls, one.key)) for one in inspect(cls).relationships]
        rows = {row.company_id: row for row in db.session.scalars(select(cls).options(*named))}
        return {row.id: rows.get(row.id) or rows.get(TODAS) or cls(company_id=row.id, **cls.usual) for row in companies}

    def errors(self, values: dict[str, Any]) -> dict[str, str]:
        """What is refused, by field."""
        raise NotImplementedError

    def change(self, version: int | None = None, **values: Any) -> None:
        """Write those of a company. Raises Stale, Refused with the fields at fault."""
        if self.id is not None:
            self.require_version(version)
        if errors := self.errors(values):
            raise Refused(errors=errors)
        new = self.id is None
        changed = [key for key, value in values.items() if new or getattr(self, key) != value]
        before = {} if new else plain(self, changed)
        for key in changed:
            setattr(self, key, values[key])
        if new:
            self.version = 1
            db.session.add(self)
        elif changed:
            self.take()
        db.session.flush()
        if changed:
            titles = [inspect(type(self)).columns[key].info["title"] for key in changed]
            track(
                "catalog.changed",
                self,
                kind=self.kind,
                name=f"de {company_of(self).name}",
                changes=", ".join(titles),
                before=before,
                after=plain(self, changed),
                company_id=self.company_id,
            )
