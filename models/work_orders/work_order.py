"""A work order: one record for every door, whoever opens it (D-32). Its abilities live in the files beside this one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, changed, db
from models.documents import Document
from models.files import Attachment
from models.history import Event, track
from models.operators import Company
from models.operators.company import zone_by_id
from models.operators.versioned import Versioned
from models.scope import OfCompany
from models.wording import near
from models.work_orders.closing import Closes
from models.work_orders.distribution import Distributes
from models.work_orders.field_group import FieldGroup, technicians_of
from models.work_orders.opening import Opens
from models.work_orders.scheduling import Schedules
from models.work_orders.status import ORDER_STATUSES
from models.work_orders.steps import Steps


class WorkOrder(Opens, Schedules, Closes, Distributes, Steps, Versioned, OfCompany, Base):
    """One of a ticket holds it open until it is closed or cancelled: Ticket.open_orders counts them (A-108)."""

    __tablename__ = "work_order"
    stale = "Esta ordem de serviço mudou depois que você abriu a página. Confira como ela está."

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("work_order_kind.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("field_group.id"))
    defect_id: Mapped[int | None] = mapped_column(ForeignKey("defect.id"))
    technician_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    status: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]  # as long as its type took when it was put there
    description: Mapped[str] = mapped_column(String(2000))  # the reported defect, what is to be done
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    closed_at: Mapped[datetime | None]  # when the work was done, as whoever closed it says
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    defect_found: Mapped[str] = mapped_column(String(500), default="")
    done: Mapped[str] = mapped_column(String(4000), default="")

    __table_args__ = (
        CheckConstraint(f"status in {tuple(ORDER_STATUSES)!r}", name="status"),
        CheckConstraint("description <> ''", name="description"),
        CheckConstraint("(starts_at is null) = (ends_at is null)", name="appointment"),
        CheckConstraint("ends_at is null or ends_at > starts_at", name="ends_at"),
        CheckConstraint(
            "status <> 'scheduled' or (technician_id is not null and starts_at is not null)", name="scheduled"
        ),
        CheckConstraint("(status = 'closed') = (closed_at is not null)", name="closed_at"),
        CheckConstraint("(status = 'closed') = (done <> '')", name="done"),
        CheckConstraint("status = 'closed' or (defect_found = '' and closed_by_id is null)", name="closing"),
        CheckConstraint("status <> 'closed' or technician_id is not null", name="closed_by"),
        Index("ix_work_order_technician_id_status_starts_at", "technician_id", "status", "starts_at"),
        # With the company, so that the panel is put in order without reading its orders.
        Index("ix_work_order_status_starts_at_id_company_id", "status", "starts_at", "id", "company_id"),
    )

    @property
    def label(self) -> str:
        return f"OS {self.number}"

    @property
    def when(self) -> str:
        """'hoje às 14:00', 'ainda sem agenda'."""
        return near(self.starts_at) if self.starts_at else "ainda sem agenda"

    @property
    def zone(self) -> str:
        return zone_by_id(self.company_id)

    def follow(self, company_id: int) -> None:
        """The customer's record stands in another company now, and with it this order and its files (D-14).

        A group of the other company is left, and who does not work there goes to no visit of it any more.
        """
        self.require_version(None)
        before, values = self.company_id, dict[str, Any](company_id=company_id)
        if self.group_id not in {row.id for row in FieldGroup.offered(company_id)}:
            values["group_id"] = None
        if not self.has_ended and self.technician_id not in technicians_of(company_id):
            values |= {"status": "open", "technician_id": None, "starts_at": None, "ends_at": None}
        changed(update(Attachment).where(Attachment.of(self)).values(company_id=company_id))
        changed(update(Document).where(Document.of(self)).values(company_id=company_id))
        self.take(None, **values)
        names = dict(db.session.execute(select(Company.id, Company.name)).all())
        self.record("work_order.company_moved", number=self.number, before=names[before], after=names[company_id])

    def record(self, action: str, **data: Any) -> Event:
        """Track an act on this order: in its history, in that of its customer and in the timeline of its ticket."""
        event = track(action, self, person_id=self.person_id, company_id=self.company_id, **data)
        if self.ticket_id is not None:
            event.ticket_id = self.ticket_id
        return event
