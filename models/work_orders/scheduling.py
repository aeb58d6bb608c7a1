"""Agendar and Cancelar Agendamento: day, hour and technician of a visit, and what it collides with (A-88, A-89)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models.base import db, lock
from models.operators import Operator
from models.operators.company import zone_by_id
from models.people import Person
from models.refused import Refused, require
from models.scope import TODAS, who
from models.wording import duration, hour, tidy
from models.work_orders.doubts import Confirmed, Doubt, Meeting, doubts_of, require_confirmed
from models.work_orders.field_group import technicians_of
from models.work_orders.kind import WorkOrderKind
from models.work_orders.opening import WRONG, start_errors, start_of
from models.work_orders.status import PENDING
from models.work_orders.working_hours import WorkingHours


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
        rows = select(row.id, row.starts_at, row.ends_at, row.number, Person.name, row.company_id)
        rows = rows.join(Person, Person.id == row.person_id)
        rows = rows.where(row.technician_id == technician_id, row.status.in_(PENDING), row.id != (besides or 0))
        rows = rows.where(row.starts_at < ends_at, row.ends_at > starts_at).order_by(row.starts_at, row.id)
        rows = rows.execution_options(every_company="somebody is at one place at a time, whoever sent them")
        mine, found = who().company_id, []
        for *visit, company_id in db.session.execute(rows):
            one = Meeting._make(visit)
            seen = TODAS in (mine, company_id) or mine == company_id
            found.append(one if seen else one._replace(number=0, customer=""))
        return found

    @classmethod
    def doubts(
        cls, technician: tuple[int, str], starts_at: datetime, ends_at: datetime, company_id: int, besides: int = 0
    ) -> list[Doubt]:
        """What speaks against a visit of a technician (number and name), as every door asks it; none: it just fits."""
        hours = WorkingHours.of(company_id)
        near_by = cls.meetings(technician[0], starts_at - hours.travel, ends_at + hours.travel, besides)
        return doubts_of(technician, starts_at, ends_at, hours, near_by)

    @classmethod
    def doubts_about(cls, order: dict[str, Any], technicians: dict[int, str], company_id: int) -> list[Doubt]:
        """The same of an order as typed, whose kind, technician, day and hour were found to be right."""
        starts_at = start_of(order, zone_by_id(company_id))
        ends_at = starts_at + timedelta(minutes=db.session.get_one(WorkOrderKind, order["kind_id"]).minutes)
        chosen = (order["technician_id"], technicians[order["technician_id"]])
        return cls.doubts(chosen, starts_at, ends_at, company_id)

    @classmethod
    def require_free(
        cls,
        technician: tuple[int, str],
        starts_at: datetime,
        ends_at: datetime,
        company_id: int,
        confirmed: Confirmed,
        besides: int = 0,
    ) -> str:
        """Hold the technician's agenda and ask; what was confirmed all the same, in the words history keeps.

        Of two visits put at one hour at once the second sees the first. Raises Conflict.
        """
        lock(db.session.get_one(Operator, technician[0]))
        found = cls.doubts(technician, starts_at, ends_at, company_id, besides)
        require_confirmed(found, confirmed)
        return ", ".join(doubt.short for doubt in found)

    def refusal_to_schedule(self) -> str | None:
        """Why no visit can be given to it: it is over."""
        return self.refusal_of_end("Uma ordem encerrada não se agenda", "Uma ordem cancelada não se agenda")

    def schedule(
        self,
        start_on: date | None,
        start_time: time | None,
        technician_id: int | None,
        version: int,
        confirmed: Confirmed,
    ) -> None:
        """Give it a day, an hour and a technician, or others than it has; what speaks against it must be `confirmed`.

        It takes as long as its type takes now. Raises Refused with the fields at fault, Conflict, Stale when somebody
        was faster.
        """
        self.require_version(version)
        require(self.refusal_to_schedule())
        zone = zone_by_id(self.company_id)
        order = {"start_on": start_on, "start_time": start_time}
        errors, there = start_errors(order, zone), technicians_of(self.company_id)
        if technician_id not in there:
            errors["technician_id"] = WRONG["technician_id"]
        if errors or technician_id is None:
            raise Refused(errors=errors)
        starts_at = start_of(order, zone)
        ends_at = starts_at + timedelta(minutes=db.session.get_one(WorkOrderKind, self.kind_id).minutes)
        chosen = (technician_id, there[technician_id])
        conflict = self.require_free(chosen, starts_at, ends_at, self.company_id, confirmed, besides=self.id)
        before: datetime | None = self.starts_at if self.status == "scheduled" else None
        self.take(None, technician_id=technician_id, starts_at=starts_at, ends_at=ends_at, status="scheduled")
        about = {"number": self.number, "technician": there[technician_id], "start_at": starts_at.isoformat()}
        if before:
            self.record("work_order.rescheduled", **about, conflict=conflict, before_at=before.isoformat())
        else:
            self.record("work_order.scheduled", **about, conflict=conflict)

    def told_of_length(self) -> str:
        """What of a visit that takes another time than its type does; empty when it takes just that.

        A type that is changed moves no visit: whoever waits was told an hour. Scheduling it again makes it as long.
        """
        if self.status != "scheduled":
            return ""
        kind = db.session.get_one(WorkOrderKind, self.kind_id)
        lasts = int((self.ends_at - self.starts_at).total_seconds()) // 60
        if lasts == kind.minutes:
            return ""
        zone = zone_by_id(self.company_id)
        stays = f"A visita continua das {hour(self.starts_at, zone)} às {hour(self.ends_at, zone)}"
        return f"{stays}, e {kind.name} dura {duration(kind.minutes)}: para mudar, agende de novo"

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
