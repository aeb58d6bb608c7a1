"""Desbloqueio em Confiança: who may come back without having paid, how often, and until when.

Staff: with date and reason, to the end of that day (C-97 to C-100). Subscriber: 24 hours, once a calendar month
per line (C-101 to C-106, D-12). The line follows a service through its migrations, so that a change of plan
grants no second one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db, lock
from models.operators import Company, company_of
from models.refused import Refused, require
from models.scope import OfCompany, who
from models.services.status import STATUSES, SUSPENDED, status_phrase
from models.services.suspension import Suspends
from models.wording import counted, day, ended, month_name, tidy

ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=731)  # a slip of the keyboard; the provider sets its own maximum
OWN_REASON = "pedido na Central do Assinante"
WHAT_FOR = "O desbloqueio vale para serviço suspenso por débito ou suspenso parcialmente."


class TrustUnlock(OfCompany, Base):
    __tablename__ = "trust_unlock"

    id: Mapped[Id]
    service_id: Mapped[int]
    line_id: Mapped[int]
    month: Mapped[str] = mapped_column(String(7))
    channel: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10))
    previous_status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        CheckConstraint("channel in ('staff','portal')", name="channel"),
        CheckConstraint("status in ('active','ended','settled')", name="status"),
        CheckConstraint("previous_status in ('suspended_for_debt','reduced')", name="previous_status"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("ends_at > starts_at", name="ends_at"),
        CheckConstraint("(ended_at is null) = (status = 'active')", name="ended_at"),
        Index(
            "uq_trust_unlock_once_a_month",
            "line_id",
            "month",
            unique=True,
            sqlite_where=text("channel = 'portal'"),
            postgresql_where=text("channel = 'portal'"),
        ),
        Index(
            "uq_trust_unlock_one_active",
            "service_id",
            unique=True,
            sqlite_where=text("status = 'active'"),
            postgresql_where=text("status = 'active'"),
        ),
        Index("ix_trust_unlock_status_ends_at", "status", "ends_at"),
    )


class UnlocksInTrust(Suspends):
    def refusal_to_trust(self) -> str | None:
        """Why this service cannot be unlocked in trust by anybody (C-97)."""
        if self.status in SUSPENDED:
            return None
        return f"{WHAT_FOR} Este está {status_phrase(self.status)}."

    def refusal_to_own_trust(self, company: Company, used_months: set[str]) -> str | None:
        """Why the subscriber cannot release it now, and from when (C-101, C-104, C-105)."""
        if not company.portal_trust_unlock:
            return f"A liberação pela Central não está ligada. {ended(f'Fale com a {company.name}')}"
        today = clock.today(company.zone)
        if clock.month_of(today) in used_months:
            again = clock.first_of_next_month(today)
            return f"Você já usou a liberação de {month_name(today)}. A próxima é a partir de {day(again)}."
        return self.refusal_to_trust()

    def unlock_in_trust(self, until: date | None = None, reason: str = "") -> TrustUnlock:
        """Release the service in trust. In the portal both arguments stay empty: 24 hours, once a month.

        For staff `until` is the last local day and both are compulsory; the month of the subscriber stays
        unused. Raises Refused. Locks the service: of parallel presses one wins (C-105).
        """
        lock(self)
        company = company_of(self)
        if who().channel == "portal":
            require(self.refusal_to_own_trust(company, self.trust_months()))
            ends_at, reason = clock.now() + ONE_DAY, OWN_REASON
        else:
            require(self.refusal_to_trust())
            ends_at, reason = _staff_end(until, reason, company), tidy(reason)
        return self._release(ends_at, reason, company)

    def trust_months(self) -> set[str]:
        """The months in which the subscriber has used the release of this line."""
        mine = (TrustUnlock.line_id == self.line, TrustUnlock.channel == "portal")
        return set(db.session.scalars(select(TrustUnlock.month).where(*mine)))

    def active_trust(self) -> TrustUnlock | None:
        mine = (TrustUnlock.service_id == self.id, TrustUnlock.status == "active")
        return db.session.scalars(select(TrustUnlock).where(*mine)).first()

    def end_trust(self, status: str) -> bool:
        """Close the unlock in force: 'ended' (limit reached, cut again) or 'settled' (no debt left). False without."""
        unlock = self.active_trust()
        if unlock:
            unlock.status, unlock.ended_at = status, clock.now()
        return unlock is not None

    def review_trust(self, at: datetime) -> str | None:
        """Carry out the end of an unlock whose time is over; harmless when it is not (C-99).

        Suspends again with the earlier status while the suspension is open, otherwise just settles.
        Returns 'ended', 'settled' or None.
        """
        lock(self)
        unlock = self.active_trust()
        if unlock is None or unlock.ends_at > at:
            return None
        suspension = self.open_suspension()
        if suspension is None or self.status != "active":
            self.end_trust("settled")
            self.record("service.trust_settled", plan=self.plan_name)
            return "settled"
        self.end_trust("ended")
        self.move_to(suspension.status)
        self.record(
            "service.trust_ended",
            plan=self.plan_name,
            status=STATUSES[suspension.status],
        )
        return "ended"

    def _release(self, ends_at: datetime, reason: str, company: Company) -> TrustUnlock:
        now, previous = clock.now(), self.status
        unlock = TrustUnlock(
            company_id=self.company_id,
            service_id=self.id,
            line_id=self.line,
            month=clock.month_of(clock.today(company.zone)),
            channel=who().channel,
            status="active",
            previous_status=previous,
            reason=reason,
            starts_at=now,
            ends_at=ends_at,
        )
        db.session.add(unlock)
        self.move_to("active")
        self.record(
            "service.trust_unlocked",
            plan=self.plan_name,
            until_at=ends_at.isoformat(),
            reason=reason,
            month=unlock.month,
            previous_status=previous,
        )
        return unlock


def _staff_end(until: date | None, reason: str, company: Company) -> datetime:
    """The last second of the limit date. Date and reason are compulsory; the most days are a setting (C-98)."""
    today, errors = clock.today(company.zone), {}
    if until is None:
        errors["until"] = "Escolha até que dia o serviço fica liberado."
    elif until < today:
        errors["until"] = f"A data já passou. Escolha {day(today)} ou depois."
    elif until > today + LONGEST:
        errors["until"] = "Confira o ano: a liberação vale no máximo dois anos."
    elif company.trust_max_days and (until - today).days > company.trust_max_days:
        latest = today + timedelta(days=company.trust_max_days)
        errors["until"] = (
            f"A {company.name} libera no máximo {counted(company.trust_max_days, 'dia')}: até {day(latest)}."
        )
    if not tidy(reason):
        errors["reason"] = "Escreva o motivo da liberação."
    if errors or until is None:
        raise Refused(errors=errors)
    return clock.end_of(until, company.zone)
