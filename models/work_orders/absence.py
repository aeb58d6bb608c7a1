"""Ausência: a time in which a technician goes to nobody. His visits in it are told, not moved by themselves (B-21)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.history import track
from models.operators import Operator
from models.operators.company import zone_by_id
from models.operators.versioned import Versioned
from models.refused import Refused, require
from models.scope import TODAS, who
from models.wording import day, moment
from models.work_orders.field_group import technicians_of

REASONS = {"vacation": "Férias", "sick": "Atestado", "course": "Curso", "other": "Outro motivo"}
LONGEST, FARTHEST = timedelta(days=366), timedelta(days=731)


class Absence(Versioned, Base):
    """Of a technician, whichever company sends him: he is at one place at a time."""

    __tablename__ = "absence"
    stale: ClassVar[str] = "Esta ausência mudou depois que você abriu a página. Confira como ela está."

    id: Mapped[Id]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    reason: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]  # taken back before it began: it counts no more

    __table_args__ = (
        CheckConstraint(f"reason in {tuple(REASONS)!r}", name="reason"),
        CheckConstraint("ends_at > starts_at", name="ends_at"),
        Index("ix_absence_operator_id_ends_at", "operator_id", "ends_at"),
    )

    @property
    def label(self) -> str:
        return f"ausência {self.span()}"

    def span(self, zone: str | None = None) -> str:
        """'de 24/11/2026 a 27/11/2026' of whole days, 'de 24/11/2026 08:00 a 24/11/2026 12:00'."""
        begins, ends = clock.local(self.starts_at, zone), clock.local(self.ends_at, zone)
        first = day(begins.date()) if begins.time() == time() else moment(self.starts_at, zone)
        last = day(ends.date() - timedelta(days=1)) if ends.time() == time() else moment(self.ends_at, zone)
        return f"de {first} a {last}"

    @classmethod
    def mark(
        cls,
        technician_id: int | None,
        reason: str | None,
        start_on: date | None,
        start_time: time | None,
        end_on: date | None,
        end_time: time | None,
    ) -> Absence:
        """Keep a technician out of the agenda, on his own clock; without hours the whole of both days.

        Raises Refused with the fields at fault, also for a time that touches another absence of his.
        """
        there = technicians_of(who().company_id)
        errors = {} if technician_id in there else {"technician_id": "Escolha um técnico ativo."}
        if reason not in REASONS:
            errors["reason"] = "Escolha o motivo."
        if start_on is None:
            errors["start_on"] = "Escreva o primeiro dia. Exemplo: 27/11/2026."
        if end_on is None:
            errors["end_on"] = "Escreva o último dia. Exemplo: 27/11/2026."
        if errors or technician_id is None or start_on is None or end_on is None:
            raise Refused(errors=errors)
        # Of two absences marked at once the second sees the first; and a visit put there meanwhile sees either.
        technician = lock(db.session.get_one(Operator, technician_id))
        zone = zone_of_technician(technician)
        starts_at = clock.at(start_on, start_time or time(), zone)
        last = clock.at(end_on, end_time, zone) if end_time else clock.at(end_on + timedelta(days=1), time(), zone)
        if errors := _span_errors(starts_at, last):
            raise Refused(errors=errors)
        if other := absences([technician_id], starts_at, last):
            first = technician.name.split(maxsplit=1)[0]
            raise Refused(
                f"{first} já está ausente {other[0].span(zone)}. "
                "Escolha outros dias, ou encerre aquela ausência antes.",
                field="start_on",
            )
        row = cls(operator_id=technician_id, reason=reason, starts_at=starts_at, ends_at=last)
        db.session.add(row)
        db.session.flush()
        row._record("absence.marked", technician.name)
        return row

    def refusal_to_end(self) -> str | None:
        """Why there is nothing to end."""
        if self.undone_at:
            return "Esta ausência já foi desfeita."
        return "Esta ausência já terminou." if self.ends_at <= clock.now() else None

    def end(self, version: int) -> None:
        """He is back: one that has begun ends now, one to come is undone. Raises Refused, Stale."""
        self.require_version(version)
        require(self.refusal_to_end())
        technician = db.session.get_one(Operator, self.operator_id)
        if self.starts_at < clock.now():
            self.take(None, ends_at=clock.now())
            self._record("absence.ended", technician.name)
        else:
            self.take(None, undone_at=clock.now())
            self._record("absence.undone", technician.name)

    def _record(self, action: str, technician: str) -> None:
        when: dict[str, Any] = {"start_at": self.starts_at.isoformat(), "end_at": self.ends_at.isoformat()}
        track(action, self, technician=technician, **when)


def zone_of_technician(technician: Operator) -> str:
    """The clock his days are counted on: that of the one company he works in, else that of TODAS."""
    companies = technician.company_ids()
    return zone_by_id(companies[0] if len(companies) == 1 else TODAS)


def absences(technicians: list[int], begins: datetime, ends: datetime) -> list[Absence]:
    """The absences of technicians that touch a stretch of time, the earliest first."""
    rows = select(Absence).where(Absence.operator_id.in_(technicians), Absence.undone_at.is_(None))
    rows = rows.where(Absence.starts_at < ends, Absence.ends_at > begins)
    return list(db.session.scalars(rows.order_by(Absence.starts_at, Absence.id)))


def _span_errors(starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    now = clock.now()
    if ends_at <= starts_at:
        return {"end_on": "A ausência termina depois de começar. Confira os dias e as horas."}
    if ends_at <= now:
        return {"end_on": "Este tempo já passou. Escolha um fim que ainda vem."}
    if ends_at - starts_at > LONGEST:
        return {"end_on": "Uma ausência dura no máximo um ano. Confira o ano."}
    if starts_at > now + FARTHEST:
        return {"start_on": "Confira o ano: a ausência começa em no máximo dois anos."}
    return {}
