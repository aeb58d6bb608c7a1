"""Painel PABX: what a customer's telephone has, one panel for each company that serves them (U-06, U-31)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, db, lock, upsert
from models.scope import OfCompany


class Pabx(OfCompany, Base):
    """The anchor of everything that is decided about a customer's telephone: numbers, orders, its card."""

    __tablename__ = "pabx"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (UniqueConstraint("company_id", "person_id"), UniqueConstraint("company_id", "id"))

    @property
    def label(self) -> str:
        return "Painel PABX"

    @classmethod
    def of(cls, company_id: int, person_id: int) -> Pabx | None:
        rows = select(cls).where(cls.company_id == company_id, cls.person_id == person_id)
        return db.session.scalars(rows).first()

    @classmethod
    def held(cls, company_id: int, person_id: int) -> Pabx:
        """The panel, made with the first question about it, and nobody else's until the commit."""
        whose = {"company_id": company_id, "person_id": person_id}
        making = upsert(cls).values(**whose).on_conflict_do_nothing(index_elements=[cls.company_id, cls.person_id])
        db.session.execute(making)
        rows = select(cls).where(cls.company_id == company_id, cls.person_id == person_id)
        return lock(db.session.scalars(rows).one())
