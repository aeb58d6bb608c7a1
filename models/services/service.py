"""A service: what a person has contracted. Its abilities live in the files beside this one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from models import clock
from models.base import Base, Id, changed, db, insert_all
from models.catalog.plan import PlanTerms
from models.history import track
from models.operators.company import zone_by_id
from models.operators.versioned import Versioned
from models.outbox import enqueue
from models.refused import Refused, Stale
from models.scope import OfCompany
from models.services.billing_terms import BILLING_CHECKS, BillingTerms
from models.services.composition import Composes, ServiceItem
from models.services.place import HasPlaces
from models.services.status import ACCESS, MOVES, STATUSES
from models.services.trust_unlock import UnlocksInTrust
from models.services.uncharged_days import WaivesDays


class Service(UnlocksInTrust, HasPlaces, BillingTerms, WaivesDays, Composes, Versioned, OfCompany, Base):
    __tablename__ = "service"
    stale = "Este serviço mudou depois que você abriu a página. Confira o que está gravado."

    id: Mapped[Id] = mapped_column()  # assigned, since price_cents below names it
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)  # what it was sold with, for good (B-18)
    plan_name: Mapped[str] = mapped_column(String(60))
    technology: Mapped[str] = mapped_column(String(10))
    download_mbps: Mapped[int]
    upload_mbps: Mapped[int]
    address_id: Mapped[int]
    billing_address_id: Mapped[int]
    status: Mapped[str] = mapped_column(String(25))
    seller_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    sold_on: Mapped[date]
    starts_on: Mapped[date]  # from this day on the use is charged
    activated_on: Mapped[date | None]
    line_id: Mapped[int | None]  # first service of the chain of migrations; None: this is the first
    created_at: Mapped[datetime]

    price_cents: Mapped[int] = column_property(
        select(func.coalesce(func.sum(ServiceItem.amount_cents), 0))
        .where(ServiceItem.service_id == id)
        .correlate_except(ServiceItem)
        .scalar_subquery()
    )

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        ForeignKeyConstraint(["person_id", "address_id"], ["address.person_id", "address.id"]),
        ForeignKeyConstraint(["person_id", "billing_address_id"], ["address.person_id", "address.id"]),
        CheckConstraint(f"status in {tuple(STATUSES)!r}", name="status"),
        Index("ix_service_person_id_status", "person_id", "status"),
        Index("ix_service_status_company_id", "status", "company_id"),
        *BILLING_CHECKS,
    )

    @property
    def label(self) -> str:
        return f"{self.plan_name} nº {self.id}"

    @property
    def line(self) -> int:  # type: ignore[override]
        return self.line_id or self.id

    def record(self, action: str, **data: Any) -> None:
        """Track an act on this service under its customer."""
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)

    @classmethod
    def contract(cls, plan: PlanTerms, *, to_install: bool, **values: Any) -> Service:
        """Add a service of a plan: waiting when an installation is ordered, else active at once (D-19).

        It keeps the offer in force, whatever becomes of the plan. Raises Refused for a plan that has none.
        """
        if plan.offer_id is None:
            raise Refused("Este plano não está mais à venda. Escolha outro.")
        row = cls(
            plan_id=plan.id,
            offer_id=plan.offer_id,
            plan_name=plan.name,
            technology=plan.technology,
            download_mbps=plan.download_mbps,
            upload_mbps=plan.upload_mbps,
            status="awaiting_installation" if to_install else "active",
            activated_on=None if to_install else clock.today(zone_by_id(values["company_id"])),
            created_at=clock.now(),
            version=1,
            **values,
        )
        db.session.add(row)
        db.session.flush()
        whose = {"company_id": row.company_id, "service_id": row.id}
        insert_all(ServiceItem, [{**whose, **item._asdict()} for item in plan.items])
        row.state_access()
        row.record("service.created", plan=plan.name, price_cents=plan.price_cents, status=STATUSES[row.status])
        return row

    def move_to(self, status: str) -> None:
        """The only way a status changes: along MOVES, on the status this transaction saw (X-05).

        Raises Stale when another transaction moved it first. States the new access for the network.
        """
        if status not in MOVES[self.status]:
            raise Stale(f"O serviço está {STATUSES[self.status]} e não pode passar a {STATUSES[status]}.", fix=self)
        moving = update(Service).where(Service.id == self.id, Service.status == self.status)
        if not changed(moving.values(status=status, version=Service.version + 1)):
            raise Stale("A situação deste serviço acabou de mudar. Confira e tente de novo.", fix=self)
        db.session.refresh(self, ["status", "version"])
        self.state_access()

    def state_access(self) -> None:
        """Tell the network what this service may use; the worker carries it to the router."""
        enqueue("apply_access", f"{self.id}:{self.version}", {"service_id": self.id})

    @property
    def access(self) -> str:
        """active, reduced, blocked or disabled (decision 007)."""
        return ACCESS[self.status]
