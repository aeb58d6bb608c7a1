"""The deadline of a ticket: start + time of its matter in its table, in that table's hours (A-37, D-15, D-18)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from models import clock
from models.base import db
from models.billing.contest import ANSWER_DAYS
from models.contracts import Contract
from models.refused import Refused, require
from models.scope import TODAS
from models.tickets.status import OPEN
from models.wording import tidy
from models.workflows import AttendSettings, HoursProfile, SlaTable, add_working, minutes_of, working_between

WARNS_AT = 4  # a quarter of the time is left
CONTEST = timedelta(days=ANSWER_DAYS)
OF_LAW = "O prazo de uma contestação é de lei, 30 dias, e não para."
NO_TABLE = "Não há tabela de SLA. Peça a quem administra que crie uma em Configuração, Workspace, SLA."


class Term(NamedTuple):
    """The time a ticket is given: open minutes of a table, in hours (None: day and night), and until when, in UTC."""

    table: SlaTable | None  # None: by law
    hours: HoursProfile | None
    minutes: int
    due_at: datetime
    warns_at: datetime


class HasDeadline:
    if TYPE_CHECKING:
        company_id: Any
        contract_id: Any
        contest_id: Any
        status: Any
        sla_type: Any
        sla_table_id: Any
        started_at: Any
        due_at: Any
        warns_at: Any
        paused_at: Any
        pause_reason: Any
        pauses: Any
        zone: Any
        record: Any
        take: Any
        require_version: Any
        refusal_to_act: Any

    def start_clock(self, sla_type: str, at: datetime) -> None:
        """From now on the time runs. Raises Refused where no table says how long."""
        self.started_at, self.sla_type = at, sla_type
        self._count()

    def recount(self, why: str) -> None:
        """Count the deadline anew from the original start; the old one stays in the history (D-15, D-18)."""
        before = self.due_at
        self._count()
        if self.due_at != before:
            self.record("ticket.deadline_moved", before_at=_iso(before), after_at=_iso(self.due_at), why=why)

    def refusal_to_pause(self, holder_name: str | None = None) -> str | None:
        """Why whoever acts cannot stop its clock now."""
        if refusal := self.refusal_to_act(holder_name):
            return str(refusal)
        if self.contest_id:
            return OF_LAW
        return "O prazo já está pausado. Retome antes de pausar de novo." if self.paused_at else None

    def refusal_to_resume(self, holder_name: str | None = None) -> str | None:
        """Why whoever acts cannot let its clock run again now."""
        if refusal := self.refusal_to_act(holder_name):
            return str(refusal)
        return None if self.paused_at else "O prazo não está pausado."

    def pause(self, reason: str, version: int | None = None) -> None:
        """Stop the clock, for as long as somebody else has to act. Raises Refused, Stale."""
        self.require_version(version)
        require(self.refusal_to_pause())
        reason = tidy(reason)
        if not reason:
            raise Refused("Escreva por que o prazo para.", field="reason")
        self.take(None, paused_at=clock.now(), pause_reason=reason[:200])
        self.record("ticket.paused", reason=reason[:200])

    def resume(self, version: int | None = None) -> None:
        """Let the clock run again: the deadline moves by the working time of the pause. Raises Refused, Stale."""
        self.require_version(version)
        require(self.refusal_to_resume())
        self.end_pause()
        self.take()

    def end_pause(self) -> None:
        """The pause is over and only its working time is added: what a table says today is for new tickets (A-120)."""
        if not self.paused_at:
            return
        before, now, hours = self.due_at, clock.now(), self._hours()
        minutes = working_between(self.paused_at, now, hours, self.zone)
        self.pauses = [*self.pauses, [self.paused_at.isoformat(), now.isoformat()]]
        self.paused_at, self.pause_reason = None, ""
        self.due_at = add_working(self.due_at, minutes, hours, self.zone)
        self.warns_at = add_working(self.warns_at, minutes, hours, self.zone)
        self.record("ticket.resumed", before_at=_iso(before), after_at=_iso(self.due_at))

    @property
    def is_late(self) -> bool:
        """Past its deadline; while paused, past it when it stopped."""
        return self.status in OPEN and (self.paused_at or clock.now()) > self.due_at

    def term(self, sla_type: str, start: datetime) -> Term:
        """The time for one of SLA_TYPES from a start, its pauses so far added. Raises Refused without a table."""
        if self.contest_id:  # whatever the process says (RGC)
            due_at = start + CONTEST
            return Term(None, None, CONTEST // timedelta(minutes=1), due_at, due_at - CONTEST / WARNS_AT)
        table = table_of(self.contract_id, self.company_id)
        minutes, hours, zone = minutes_of(table, sla_type), _profile(table), self.zone
        paused = sum(working_between(_moment(a), _moment(b), hours, zone) for a, b in self.pauses)
        early = minutes - minutes // WARNS_AT
        due_at, warns_at = (add_working(start, each + paused, hours, zone) for each in (minutes, early))
        return Term(table, hours, minutes, due_at, warns_at)

    def _count(self) -> None:
        term = self.term(self.sla_type, self.started_at)
        self.sla_table_id = term.table.id if term.table else None
        self.due_at, self.warns_at = term.due_at, term.warns_at

    def _hours(self) -> HoursProfile | None:
        return _profile(_row(SlaTable, self.sla_table_id))


def table_of(contract_id: int | None, company_id: int) -> SlaTable:
    """The table of the contract, else the company's default, else that of the house (A-37, D-15). Raises Refused."""
    named = _row(Contract, contract_id).sla_table_id if contract_id else None
    id = named or AttendSettings.of(company_id).sla_table_id
    if id:
        found: SlaTable = _row(SlaTable, id)
        return found
    first = select(SlaTable).where(SlaTable.company_id == TODAS, SlaTable.inactive_since.is_(None))
    table = db.session.scalars(first.order_by(SlaTable.id).limit(1)).first()
    if table is None:
        raise Refused(NO_TABLE)
    return table


def _profile(table: SlaTable) -> HoursProfile | None:
    return _row(HoursProfile, table.hours_profile_id) if table.hours_profile_id else None


def _row(kind: Any, id: int) -> Any:
    """Whoever acts, the clock of a ticket in TODAS runs by the contract and the table it has."""
    every = {"every_company": "what a ticket counts by, whoever looks"}
    return db.session.scalars(select(kind).where(kind.id == id), execution_options=every).one()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
