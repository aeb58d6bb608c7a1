"""A work order; here the one that installs a new service (C-17, C-18)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.history import track
from models.numbers import take
from models.refused import Refused
from models.scope import OfCompany
from models.services import Service
from models.wording import tidy

ORDER_STATUSES = {"open": "Aberta", "scheduled": "Agendada", "closed": "Encerrada", "cancelled": "Cancelada"}
AT_OPENING = ("open", "scheduled")
FARTHEST = timedelta(days=731)
Names = Mapping[int, str]  # what is in a catalogue, by number


class WorkOrder(OfCompany, Base):
    __tablename__ = "work_order"

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("work_order_kind.id"))
    technician_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    status: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime]
    description: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(f"status in {tuple(ORDER_STATUSES)!r}", name="status"),
        CheckConstraint("description <> ''", name="description"),
        Index("ix_work_order_technician_id_starts_at", "technician_id", "starts_at"),
    )

    @property
    def label(self) -> str:
        return f"OS {self.number}"

    @classmethod
    def open(cls, service: Service, order: dict[str, Any], kinds: Names, technicians: Names) -> WorkOrder:
        """Open the installation of a service. Raises Refused with the fields at fault (C-18).

        `kinds` and `technicians` are those of the service's company that are in use: names by number.
        """
        errors = order_errors(order, kinds, technicians)
        if errors:
            raise Refused(errors=errors)
        row = cls(
            company_id=service.company_id,
            number=take("work_order"),
            person_id=service.person_id,
            service_id=service.id,
            kind_id=order["kind_id"],
            technician_id=order["technician_id"],
            status=order["status"],
            starts_at=start_of(order),
            description=order["description"],
            created_at=clock.now(),
        )
        db.session.add(row)
        track(
            "work_order.opened",
            row,
            person_id=service.person_id,
            company_id=service.company_id,
            number=row.number,
            type=kinds[order["kind_id"]],
            technician=technicians[order["technician_id"]],
            start_at=row.starts_at.isoformat(),
        )
        return row


def start_of(order: dict[str, Any], zone: str | None = None) -> datetime:
    """When the work begins, of the local day and hour that were chosen."""
    return clock.at(order["start_on"], order["start_time"], zone)


def order_errors(order: dict[str, Any], kinds: Names, technicians: Names) -> dict[str, str]:
    """What is missing or refused in a typed work order, by field (C-18). Kinds and technicians are those in use."""
    errors = {}
    if order.get("kind_id") not in kinds:
        errors["kind_id"] = "Escolha o tipo de ordem de serviço."
    if order.get("status") not in AT_OPENING:
        errors["status"] = "Escolha a situação da OS."
    if order.get("technician_id") not in technicians:
        errors["technician_id"] = "Escolha um técnico ativo."
    start = order.get("start_on")
    if not isinstance(start, date):
        errors["start_on"] = "Escolha a data de início. Exemplo: 27/11/2026."
    elif start < clock.today():
        errors["start_on"] = "A data de início já passou. Escolha hoje ou depois."
    elif start > clock.today() + FARTHEST:
        errors["start_on"] = "Confira o ano: a OS começa em no máximo dois anos."
    if not isinstance(order.get("start_time"), time):
        errors["start_time"] = "Escreva a hora de início. Exemplo: 08:00."
    if not tidy(order.get("description")):
        errors["description"] = "Escreva o que o técnico vai fazer."
    return errors
