"""A cut: a suspension of the ladder, with the notice of the debt that came before it (RGC, art. 70)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, db
from models.dunning.debt_notice import Debt, DebtNotice
from models.scope import OfCompany
from models.services import Service, Suspension


class Cut(OfCompany, Base):
    __tablename__ = "cut"

    id: Mapped[Id]
    suspension_id: Mapped[int] = mapped_column(ForeignKey("suspension.id"), unique=True)
    debt_notice_id: Mapped[int] = mapped_column(ForeignKey("debt_notice.id"))
    noticed_on: Mapped[date]  # as it was then: the same debt may be told anew
    cut_on: Mapped[date]

    __table_args__ = (
        CheckConstraint("noticed_on <= cut_on", name="noticed_on"),
        Index("ix_cut_debt_notice_id", "debt_notice_id"),
    )

    @classmethod
    def make(cls, service: Service, debt: Debt, to: str, reason: str, on: date) -> Cut:
        """Suspend or reduce a service for a debt that was told. Raises Refused as `service.suspend` does."""
        notice = db.session.scalars(
            select(DebtNotice).where(DebtNotice.service_id == service.id, DebtNotice.invoice_id == debt.invoice_id)
        ).one()
        suspension = service.suspend(reason, to)
        row = cls(
            company_id=service.company_id,
            suspension_id=suspension.id,
            debt_notice_id=notice.id,
            noticed_on=notice.noticed_on,
            cut_on=on,
        )
        db.session.add(row)
        return row

    @classmethod
    def made(cls, suspension: Suspension) -> bool:
        """Was this suspension the ladder's?"""
        return db.session.scalar(select(cls.id).where(cls.suspension_id == suspension.id)) is not None
