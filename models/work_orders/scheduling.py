"""Agendar and Cancelar Agendamento: day, hour and technician of a visit, and what it collides with (A-88, A-89)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from models import clock
from models.base import db, lock
from models.operators import Operator
from models.operators.company import zone_by_id
from models.people import Person
from models.refused import Refused, require
from models.scope import TODAS, who
from models.wording import hour, tidy
from models.work_orders.field_group import technicians_of
from models.work_orders.kind import WorkOrderKind
from models.work_orders.opening import WRONG, start_errors, start_of
from models.work_orders.status import PENDING


class Meeting(NamedTuple):
    """A visit at the same time. Of another company neither number nor customer is told: both are empty."""

    starts_at: datetime
    ends_at: datetime
    number: int
    customer: str
    overlap: int  # minutes


class Conflict(Refused):
    """The technician has another visit at that hour; whoever schedules may confirm it all the same (A-88)."""

    def __init__(self, technician: str, found: list[Meeting], zone: str) -> None:
        first = found[0]
        which = f"a OS {first.number}, {first.customer}," if first.number else "outra visita,"
        self.found = found
        super().__init__(
            f"{technician.split(maxsplit=1)[0]} já está com {which} das {hour(first.starts_at, zone)} às "
            f"{hour(first.ends_at, zone)}. Faltariam {first.overlap} min. Escolha outro horário, outro técnico, "
            "ou agende mesmo assim: o histórico guarda que foi com conflito.",
        )


class Schedules:
    if TYPE_CHECKING:
        id: Any
        number: Any
        company_id: Any
        kind_id: Any
        status: Any
        starts_at: Any
        ends_at: Any
        technician_id: Any
        record: Any
        require_version: Any
        take: Any

        def refusal_of_end(self, closed: str, cancelled: str) -> str | None: ...

    @classmethod
    def meetings(
        cls, technician_id: int, starts_at: datetime, ends_at: datetime, besides: int | None = None
    ) -> list[Meeting]:
        """Other visits of a technician that touch a stretch of time, of every company; the earliest first."""
        row: Any = cls
        rows = select(row.starts_at, row.ends_at, row.number, Person.name, row.company_id)
        rows = rows.join(Person, Person.id == row.person_id)
        rows = rows.where(row.technician_id == technician_id, row.status.in_(PENDING), row.id != (besides or 0))
        rows = rows.where(row.starts_at < ends_at, row.ends_at > starts_at).order_by(row.starts_at, row.id)
        rows = rows.execution_options(every_company="somebody is at one place at a time, whoever sent them")
        mine, found = who().company_id, []
        for begins, ends, number, customer, company_id in db.session.execute(rows):
            overlap = int((min(ends, ends_at) - max(begins, starts_at)).total_seconds() // 60)
            seen = TODAS in (mine, company_id) or mine == company_id
            found.append(Meeting(begins, ends, number if seen else 0, customer if seen else "", overlap))
        return found

    def refusal_to_schedule(self) -> str | None:
        """Why no visit can be given to it: it is over."""
        return self.refusal_of_end("Uma ordem encerrada não se agenda", "Uma ordem cancelada não se agenda")

    def schedule(
        self, start_on: date | None, start_time: time | None, technician_id: int | None, version: int, confirmed: bool
    ) -> None:
        """Give it a day, an hour and a technician, or others than it has; whatever collides must be `confirmed`.

        Raises Refused with the fields at fault, Conflict, Stale when somebody was faster.
        """
        self.require_version(version)
        require(self.refusal_to_schedule())
        zone = zone_by_id(self.company_id)
        order = {"start_on": start_on, "start_time": start_time}
        errors, there = start_errors(order, zone), technicians_of(self.company_id)
        if not errors and start_of(order, zone) < clock.now():
            errors["start_time"] = "Esta hora já passou. Escolha uma hora de hoje que ainda vem, ou outro dia."
        if technician_id not in there:
            errors["technician_id"] = WRONG["technician_id"]
        if errors or technician_id is None:
            raise Refused(errors=errors)
        # Of two visits put at one hour at once the second sees the first.
        lock(db.session.get_one(Operator, technician_id))
        starts_at = start_of(order, zone)
        ends_at = starts_at + timedelta(minutes=db.session.get_one(WorkOrderKind, self.kind_id).minutes)
        found = self.meetings(technician_id, starts_at, ends_at, besides=self.id)
        if found and not confirmed:
            raise Conflict(there[technician_id], found, zone)
        before: datetime | None = self.starts_at if self.status == "scheduled" else None
        self.take(None, technician_id=technician_id, starts_at=starts_at, ends_at=ends_at, status="scheduled")
        about = {"number": self.number, "technician": there[technician_id], "start_at": starts_at.isoformat()}
        told = {"conflict": ", ".join(f"OS {one.number}" if one.number else "outra visita" for one in found)}
        if before:
            self.record("work_order.rescheduled", **about, **told, before_at=before.isoformat())
        else:
            self.record("work_order.scheduled", **about, **told)

    def refusal_to_unschedule(self) -> str | None:
        """Why there is no appointment to cancel (A-89)."""
        if self.status == "scheduled":
            return None
        return self.refusal_of_end("Uma ordem encerrada não tem mais agenda", "Uma ordem cancelada não tem agenda") or (
            "Esta ordem ainda não foi agendada."
        )

    def unschedule(self, reason: str, version: int) -> None:
        """Take the appointment away; the order is open again, and of no technician. Raises Refused, Stale (A-89)."""
        self.require_version(version)
        require(self.refusal_to_unschedule())
        reason = tidy(reason)
        if not reason:
            raise Refused("Escreva por que o agendamento é cancelado.", field="reason")
        names = select(Operator.name).where(Operator.id == self.technician_id)
        technician, before = db.session.scalar(names) or "", self.starts_at
        self.take(None, status="open", technician_id=None, starts_at=None, ends_at=None)
        about = {"number": self.number, "technician": technician, "before_at": before.isoformat()}
        self.record("work_order.unscheduled", **about, reason=reason[:500])
