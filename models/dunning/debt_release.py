"""A release: which invoice's end gave a suspended service back, so that its estorno finds what to restore (B-01)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.scope import OfCompany
from models.services import Service, Suspension


class DebtRelease(OfCompany, Base):
    __tablename__ = "debt_release"

    id: Mapped[Id]
    suspension_id: Mapped[int] = mapped_column(ForeignKey("suspension.id"))
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    released_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("suspension_id", name="uq_debt_release_once"),
        Index("ix_debt_release_invoice_id", "invoice_id"),
    )

    @classmethod
    def keep(cls, suspension: Suspension, invoice_id: int) -> None:
        """This suspension ended because of this invoice."""
        row = cls(
            company_id=suspension.company_id,
            suspension_id=suspension.id,
            invoice_id=invoice_id,
            released_at=clock.now(),
        )
        db.session.add(row)

    @classmethod
    def ended(cls, service: Service, invoice_id: int) -> Suspension | None:
        """The suspension that the end of this invoice closed, when it is the last one of the service."""
        mine = select(Suspension).where(Suspension.service_id == service.id).order_by(Suspension.id.desc()).limit(1)
        last = db.session.scalars(mine).first()
        of_it = select(cls.id).where(cls.invoice_id == invoice_id, cls.suspension_id == (last.id if last else 0))
        return last if last and db.session.scalar(of_it) else None
