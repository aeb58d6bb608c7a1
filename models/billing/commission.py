"""Commission of a sale: kept when the sale is made, so a later percentage does not rewrite it (X-15)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.banking.rounding import half_up
from models.base import Base, Cents, Id, db
from models.operators import company_of
from models.scope import OfCompany
from models.services import Service


class Commission(OfCompany, Base):
    __tablename__ = "commission"

    id: Mapped[Id]
    service_id: Mapped[int]
    seller_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    kind: Mapped[str] = mapped_column(String(10))
    month: Mapped[str] = mapped_column(String(7))
    base_cents: Mapped[Cents]
    rate_bp: Mapped[int]  # hundredths of a percent
    amount_cents: Mapped[Cents]
    created_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        UniqueConstraint("service_id", "kind"),
        CheckConstraint("kind in ('sale','migration')", name="kind"),
        CheckConstraint("amount_cents >= 0", name="amount_cents"),
        Index("ix_commission_month_seller_id", "month", "seller_id"),
    )

    @classmethod
    def of_sale(cls, service: Service, base_cents: int, kind: str = "sale") -> Commission:
        """The seller's part of a sale: a percentage of the monthly fee, by the company's setting, rounded half up."""
        company = company_of(service)
        row = cls(
            company_id=service.company_id,
            service_id=service.id,
            seller_id=service.seller_id,
            kind=kind,
            month=clock.month_of(service.sold_on),
            base_cents=base_cents,
            rate_bp=company.commission_bp,
            amount_cents=half_up(base_cents * company.commission_bp, 10_000),
            created_at=clock.now(),
        )
        db.session.add(row)
        return row
