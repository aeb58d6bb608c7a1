"""The credit for the hours without service: proposed line by line with its sum, confirmed by a person (B-23)."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, insert_all, lock
from models.billing import Credit, CreditEntry
from models.history import track
from models.network import Connection, Outage, RadiusSession, touched
from models.network.silence import QUIET_AFTER
from models.operators import Company
from models.pricing.downtime import LEAST, Downtime, Span, left_of
from models.refused import Refused, Stale, require
from models.scope import OfCompany, who
from models.services import Service, Suspension, TrustUnlock
from models.wording import brl, counted, tidy

CREDIT_STATES = {"proposed": "Proposto", "confirmed": "Confirmado", "refused": "Recusado"}
NOT_OVER = "A parada ainda está aberta. O desconto se calcula quando ela termina."
BY_MISTAKE = "Esta parada foi notificada por engano: não há o que descontar."


class OutageCredit(OfCompany, Base):
    """A span without service that one service may be credited for. No moment of a service is credited twice: the
    database refuses two that overlap, but for those that were refused (migration 0083)."""

    __tablename__ = "outage_credit"

    id: Mapped[Id]
    outage_id: Mapped[int] = mapped_column(ForeignKey("outage.id"))
    service_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    fee_cents: Mapped[Cents]
    minutes: Mapped[int]
    days: Mapped[int]
    amount_cents: Mapped[Cents]
    status: Mapped[str] = mapped_column(String(10), default="proposed")
    credit_entry_id: Mapped[int | None] = mapped_column(ForeignKey("credit_entry.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "service_id"], ["service.company_id", "service.id"]),
        UniqueConstraint("outage_id", "service_id", "begins_at"),
        CheckConstraint(f"status in {tuple(CREDIT_STATES)!r}", name="status"),
        CheckConstraint("ends_at > begins_at", name="ends_at"),
        CheckConstraint("amount_cents > 0 and minutes > 0 and days between 28 and 31", name="amount_cents"),
        CheckConstraint("(status = 'confirmed') = (credit_entry_id is not null)", name="credit_entry_id"),
        CheckConstraint("status <> 'refused' or reason <> ''", name="reason"),
        CheckConstraint("status = 'proposed' or decided_at is not null", name="decided_at"),
        Index("ix_outage_credit_outage_id_status_id", "outage_id", "status", "id"),
        Index("ix_outage_credit_service_id_begins_at", "service_id", "begins_at"),
    )

    @property
    def label(self) -> str:
        return f"desconto {self.id}"

    @property
    def sum(self) -> Downtime:
        return Downtime(self.fee_cents, self.minutes, self.days)

    def refusal_to_decide(self) -> str | None:
        """Why it is neither confirmed nor refused any more."""
        if self.status == "proposed":
            return None
        return f"Este desconto já foi {CREDIT_STATES[self.status].lower()} por {self.decided_by}."

    def confirm(self) -> CreditEntry:
        """It is the customer's from now on, and joins their next invoice as a line (B-02). Raises Stale when decided.

        What the next invoice cannot hold stays credit, for the one after it.
        """
        self._hold()
        if refusal := self.refusal_to_decide():
            raise Stale(refusal)
        reason = f"parada cód. {self._code()}: {self.sum.words}"
        entry = Credit.of(self.person_id, self.company_id).move("outage", self.amount_cents, reason=reason)
        self._decide("confirmed", entry.id)
        self.record("outage_credit.confirmed", code=str(self._code()), amount_cents=self.amount_cents)
        return entry

    def refuse(self, reason: str) -> None:
        """It is not given. Raises Refused without a reason, Stale when decided."""
        self._hold()
        if refusal := self.refusal_to_decide():
            raise Stale(refusal)
        words = _reason(reason, "Escreva o motivo. Exemplo: o cliente não ficou sem serviço.")
        self._decide("refused", None, words)
        self.record("outage_credit.refused", code=str(self._code()), amount_cents=self.amount_cents, reason=words)

    def refusal_to_undo(self) -> str | None:
        """Why what was decided stays."""
        if self.status == "proposed":
            return "Este desconto ainda não foi decidido."
        if self.status == "refused":
            again = "Estas horas já foram descontadas por outra parada deste serviço."
            return again if self._overlapped() else None
        mine = select(Credit).where(Credit.person_id == self.person_id, Credit.company_id == self.company_id)
        have = db.session.scalars(mine).first()
        missing = self.amount_cents - (have.to_spend_cents if have else 0)
        if missing <= 0:
            return None
        return (
            f"Deste desconto, {brl(missing)} já entraram em uma fatura ou foram usados. "
            "Desfaça esse uso no Financeiro do cliente antes."
        )

    def undo(self, reason: str) -> None:
        """What was decided is open again; a confirmed one is taken off the customer's credit. Raises Refused, Stale."""
        self._hold()
        require(self.refusal_to_undo())
        words = _reason(reason, "Escreva por que a decisão é desfeita.")
        was = CREDIT_STATES[self.status].lower()
        if self.credit_entry_id:
            back = {"undoes_id": self.credit_entry_id, "reason": words}
            Credit.of(self.person_id, self.company_id).move("outage_off", -self.amount_cents, **back)
        self.status, self.credit_entry_id, self.reason = "proposed", None, ""
        self.decided_by, self.decided_at = "", None
        db.session.flush()
        self.record(
            "outage_credit.undone", code=str(self._code()), was=was, amount_cents=self.amount_cents, reason=words
        )

    def _hold(self) -> None:
        """The service first, in the order everybody locks: two spans of it are decided one after the other."""
        lock(db.session.get_one(Service, self.service_id))
        lock(self)

    def _decide(self, status: str, entry_id: int | None, reason: str = "") -> None:
        self.status, self.credit_entry_id, self.reason = status, entry_id, reason
        self.decided_by, self.decided_at = who().actor.name, clock.now()
        db.session.flush()

    def _overlapped(self) -> bool:
        mine = select(OutageCredit.id).where(
            OutageCredit.service_id == self.service_id,
            OutageCredit.id != self.id,
            OutageCredit.status != "refused",
            OutageCredit.begins_at < self.ends_at,
            OutageCredit.ends_at > self.begins_at,
        )
        return db.session.scalar(mine.limit(1)) is not None

    def _code(self) -> int:
        return db.session.scalars(select(Outage.code).where(Outage.id == self.outage_id)).one()

    def record(self, action: str, **data: Any) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)


def refusal_to_propose(outage: Outage) -> str | None:
    """Why nothing is credited for it."""
    if outage.cancelled:
        return BY_MISTAKE
    if outage.closed_at is None:
        return NOT_OVER
    if Span(outage.opened_at, outage.closed_at).minutes < LEAST:
        return f"Durou menos de {counted(LEAST, 'minuto')}, e o desconto começa em {LEAST}."
    return outage.refusal_to_act()


def propose(outage: Outage) -> int:
    """Propose a credit for each service it touched, for what nobody credited of it yet; how many lines.

    Not for who stayed online through it, nor for time in which the service was suspended for debt, nor where the sum is
    less than half a centavo. Writes nothing where there is a reason not to. Five questions, whatever their number.
    """
    if refusal_to_propose(outage) or outage.closed_at is None:
        return 0
    whole = Span(outage.opened_at, outage.closed_at)
    found = db.session.execute(
        select(Service.id, Service.company_id, Service.person_id, Service.price_cents, Company.proration_base)
        .join(Company, Company.id == Service.company_id)
        .where(
            *touched(outage.where), Service.id.not_in(_stayed_online(outage, whole)), Service.starts_on <= _day(outage)
        )
        .order_by(Service.id)
    ).all()
    taken = _taken(outage, whole)
    month = monthrange(_day(outage).year, _day(outage).month)[1]
    rows = []
    for row in found:
        for span in left_of(whole, taken[row.id]):
            of = Downtime(int(row.price_cents), span.minutes, 30 if row.proration_base == "30" else month)
            if of.cents:
                rows.append(_line(outage, row, span, of))
    insert_all(OutageCredit, rows)
    if rows:
        outage.record(
            "outage.credits_proposed", credits=len(rows), amount_cents=sum(row["amount_cents"] for row in rows)
        )
    return len(rows)


def _line(outage: Outage, row: Any, span: Span, of: Downtime) -> dict[str, Any]:
    return {
        "outage_id": outage.id,
        "company_id": row.company_id,
        "service_id": row.id,
        "person_id": row.person_id,
        "begins_at": span.begins,
        "ends_at": span.ends,
        "fee_cents": of.fee_cents,
        "minutes": of.minutes,
        "days": of.days,
        "amount_cents": of.cents,
        "status": "proposed",
        "reason": "",
        "decided_by": "",
    }


def _day(outage: Outage) -> Any:
    return clock.local(outage.opened_at, outage.zone).date()


def _stayed_online(outage: Outage, whole: Span) -> Select[int]:
    """The services with a session that went on through all of it: the last that began before, of each connection."""
    began = aliased(RadiusSession)
    last = select(began.id).where(began.connection_id == Connection.id, began.started_at <= whole.begins)
    last = last.order_by(began.started_at.desc(), began.id.desc()).limit(1).correlate(Connection)
    heard = and_(RadiusSession.stopped_at.is_(None), RadiusSession.updated_at >= whole.ends - QUIET_AFTER)
    rows = select(Connection.service_id).join(RadiusSession, RadiusSession.id == last.scalar_subquery())
    rows = rows.join(Service, Service.id == Connection.service_id).where(*touched(outage.where))
    return rows.where(or_(RadiusSession.stopped_at >= whole.ends, heard))


def _taken(outage: Outage, whole: Span) -> dict[int, list[Span]]:
    """What is not proposed again, or not at all, by service: credited time, what of this outage somebody refused, and
    time that was suspended for debt."""
    found: dict[int, list[Span]] = defaultdict(list)
    credited = select(OutageCredit.service_id, OutageCredit.begins_at, OutageCredit.ends_at)
    credited = credited.where(OutageCredit.begins_at < whole.ends, OutageCredit.ends_at > whole.begins)
    decided = or_(OutageCredit.status != "refused", OutageCredit.outage_id == outage.id)
    for id, begins, ends in db.session.execute(credited.where(decided)):
        found[id].append(Span(begins, ends))
    released: dict[int, list[Span]] = defaultdict(list)
    unlocks = select(TrustUnlock.service_id, TrustUnlock.starts_at, func.coalesce(TrustUnlock.ended_at, whole.ends))
    unlocks = unlocks.where(TrustUnlock.starts_at < whole.ends)
    unlocks = unlocks.where(or_(TrustUnlock.ended_at.is_(None), TrustUnlock.ended_at > whole.begins))
    for id, begins, ends in db.session.execute(unlocks):
        released[id].append(Span(begins, ends))
    cuts = select(Suspension.service_id, Suspension.started_at, func.coalesce(Suspension.ended_at, whole.ends))
    cuts = cuts.where(Suspension.status == "suspended_for_debt", Suspension.started_at < whole.ends)
    cuts = cuts.where(or_(Suspension.ended_at.is_(None), Suspension.ended_at > whole.begins))
    for id, begins, ends in db.session.execute(cuts):
        found[id] += left_of(Span(begins, ends), released[id])
    return found


def _reason(typed: str, missing: str) -> str:
    words = tidy(typed)
    if not words:
        raise Refused(missing, field="reason")
    return words[:300]
