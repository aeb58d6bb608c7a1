"""The connection of a service: the access it should have is the service's, the one it has is kept here (X-06)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.scope import OfCompany
from models.services import Service


class Connection(OfCompany, Base):
    __tablename__ = "connection"

    id: Mapped[Id]
    service_id: Mapped[int]
    applied_access: Mapped[str] = mapped_column(String(10), default="disabled")
    applied_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        UniqueConstraint("service_id"),
        CheckConstraint("applied_access in ('active','reduced','blocked','disabled')", name="applied_access"),
    )

    @classmethod
    def of(cls, service: Service) -> Connection:
        """The connection of a service, made when it has none yet."""
        row = db.session.scalars(select(cls).where(cls.service_id == service.id)).first()
        if row is None:
            row = cls(company_id=service.company_id, service_id=service.id)
            db.session.add(row)
        return row

    @classmethod
    def confirm(cls, service: Service, access: str) -> bool:
        """Keep what the access server has confirmed; False, and nothing kept, when the service may use something
        else by now. Locks the service, so that it does not move in between."""
        if lock(service).access != access:
            return False
        cls.of(service).applied(access)
        return True

    def applied(self, access: str) -> None:
        """The access server has confirmed this access."""
        self.applied_access, self.applied_at = access, clock.now()
