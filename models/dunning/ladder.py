"""The ladder of a debt, decided in one place: told, reduced, suspended, back (RGC; X-07, D-24).

`steps` is the decision, one question for one service or for all of them. The rehearsal reads what it says, page by
page; the routine goes through the same rows, and `climb` carries one out after locking the service and asking again.
A payment asks `review`, in the same order of locks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, Subquery, bindparam, case, func, literal, select
from sqlalchemy.types import TypeEngine

from models import clock
from models.banking import is_business_day
from models.base import Utc, db, lock
from models.catalog import DunningRule
from models.contracts import Contract, ladder_of, names_ladder
from models.dunning.cut import Cut
from models.dunning.debt_notice import Debt, notify_of_debt
from models.dunning.debt_release import DebtRelease
from models.dunning.debts import debts_of, late_debts
from models.dunning.hold import Hold
from models.operators import Company
from models.scope import TODAS
from models.services import Service, Suspension, TrustUnlock
from models.wording import brl, counted, day

STEPS = {
    "notice": "Avisar do débito",
    "reduce": "Reduzir a velocidade",
    "suspend": "Suspender por débito",
    "terminate": "Propor o fim do contrato",
}
RANKS = {"terminate": 0, "suspend": 0, "reduce": 1, "notice": 2}
AUTOMATIC = ("notice", "reduce", "suspend")  # the end of a contract is only proposed, to a person
PAID = "Débito quitado"
NOTHING_TOLD = "Nenhum débito avisado em aberto"
NOT_YET = "O débito que resta ainda não chegou ao prazo da régua"


@dataclass(frozen=True)
class Step:
    """What the ladder does with a service on a day, and why; `held` names the day a person keeps it from it until."""

    service_id: int
    action: str
    debt: Debt
    why: str
    held: date | None = None


class StepRow(NamedTuple):
    """A row of `steps`: the columns of Debt, then what is done about it."""

    service_id: int
    invoice_id: int
    number: int
    due_on: date
    open_cents: int
    noticed_on: date | None
    suspends_on: date | None
    channel: str | None
    arrived: bool | None
    action: str
    started_at: datetime | None  # of the open suspension
    held_until: date | None
    late: int  # how many of its invoices are
    ladder_id: int | None  # that of its contract, where it is not the company's default

    @property
    def debt(self) -> Debt:
        return Debt(
            self.service_id,
            self.invoice_id,
            self.number,
            self.due_on,
            self.open_cents,
            self.noticed_on,
            self.suspends_on,
            self.channel,
            self.arrived,
        )


def steps(on: date) -> Select[*tuple[Any, ...]]:
    """The next step of every service that has one on a day, the most serious first and for its oldest debt.

    A suspension waits for so many days after the notice of that very debt, and for a day that is not the eve of a
    weekend or holiday. Nothing is cut while it is released in trust; `held_until` is set while a hold stands, and
    then nothing happens at all. Columns: those of StepRow.
    """
    return _steps(on, _limits(on))


@lru_cache(100)  # a day and its rules are asked about many times
def _steps(on: date, limits: _Limits) -> Select[*tuple[Any, ...]]:
    debt = late_debts(on).subquery("debt")
    usual = case(dict(limits.defaults), value=Service.company_id)
    ladder = func.coalesce(Contract.dunning_rule_id, usual)

    def limit(step: str, kind: TypeEngine[Any]) -> ColumnElement[Any]:
        return case({id: literal(getattr(of, step), kind) for id, of in limits.days}, value=ladder)

    suspended = {
        id: case({company: literal(at, Utc()) for company, at in each}, value=Service.company_id)
        for id, each in limits.suspended_before
    }
    action = _action(debt, limit, case(suspended, value=ladder))
    first = func.row_number().over(
        partition_by=debt.c.service_id,
        order_by=(case(RANKS, value=action, else_=len(RANKS)), debt.c.due_on, debt.c.invoice_id),
    )
    found = (
        select(
            debt,
            action.label("action"),
            Suspension.started_at,
            case((Hold.until >= on, Hold.until)).label("held_until"),
            func.count().over(partition_by=debt.c.service_id).label("late"),
            func.nullif(Contract.dunning_rule_id, usual).label("ladder_id"),
            first.label("nth"),
        )
        .join(Service, Service.id == debt.c.service_id)
        .outerjoin(Contract, names_ladder())
        .outerjoin(TrustUnlock, (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active"))
        .outerjoin(Hold, (Hold.service_id == Service.id) & Hold.ended_at.is_(None))
        .outerjoin(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .subquery("step")
    )
    columns = (found.c[name] for name in StepRow._fields)
    return select(*columns).where(found.c.nth == 1, found.c.action.is_not(None))


def _action(
    debt: Subquery, limit: Callable[[str, TypeEngine[Any]], ColumnElement[Any]], suspended_before: ColumnElement[Any]
) -> ColumnElement[str | None]:
    """What a late invoice asks for on its own, by the limits of the ladder its service follows."""
    late = debt.c
    noticed, falls = late.noticed_on.is_not(None), Service.status.in_(("active", "reduced")) & TrustUnlock.id.is_(None)
    suspended = Service.status == "suspended_for_debt"
    return case(
        (suspended & noticed & (Suspension.started_at < suspended_before), "terminate"),
        (falls & late.arrived & (late.noticed_on <= limit("suspend", Date())), "suspend"),
        (falls & late.arrived & (Service.status == "active") & (late.noticed_on <= limit("reduce", Date())), "reduce"),
        (Service.status.in_(("active", "reduced")) & ~noticed & (late.due_on <= limit("notice", Date())), "notice"),
    )


class _Days(NamedTuple):
    """How far back a debt must lie for a ladder to act on a day; None: it does not."""

    notice: date | None  # due until
    reduce: date | None  # told until
    suspend: date | None  # told until


class _Limits(NamedTuple):
    """What the ladders ask for on a day, as constants of the question: pairs, for a kept question is found by them."""

    defaults: tuple[tuple[int, int], ...]  # company, the ladder it follows
    days: tuple[tuple[int, _Days], ...]  # ladder, its days
    suspended_before: tuple[tuple[int, tuple[tuple[int, datetime], ...]], ...]  # ladder, by company: midnights differ


def _limits(on: date) -> _Limits:
    """Those of every ladder, one out of use rules who has it; two questions."""
    companies = db.session.scalars(select(Company).order_by(Company.id)).all()
    ladders = db.session.scalars(select(DunningRule).order_by(DunningRule.id)).all()
    days, suspended = [], []
    for rule in ladders:
        cuts = may_cut(rule, on)
        told = _Days(
            notice=on - timedelta(rule.notice_days) if rule.notifies else None,
            reduce=on - timedelta(rule.reduce_days) if rule.reduces and cuts else None,
            suspend=on - timedelta(rule.suspend_days) if rule.suspends and cuts else None,
        )
        begins = on - timedelta(rule.termination_days - 1)
        days.append((rule.id, told))
        follow = [row for row in companies if rule.company_id in (TODAS, row.id)]
        suspended.append((rule.id, tuple((row.id, clock.at(begins, time.min, row.zone)) for row in follow)))
    followed = DunningRule.by_company(companies, ladders)
    return _Limits(tuple((id, row.id) for id, row in followed.items()), tuple(days), tuple(suspended))


def ripe(debt: Debt, days: int, on: date) -> bool:
    """So many days have passed since the notice of this debt, and it did leave the house."""
    return debt.noticed_on is not None and bool(debt.arrived) and debt.noticed_on + timedelta(days=days) <= on


def holding(debts: Sequence[Debt], days: int, on: date) -> tuple[Debt, ...]:
    """Of what a service owes that is late, what keeps its suspension open: those told long enough ago, and without
    any, all that are late (`review`). None: no payment brings it back.
    """
    return tuple(debt for debt in debts if ripe(debt, days, on)) or tuple(debts)


def may_cut(rule: DunningRule, on: date) -> bool:
    """Nobody loses the connection on, or on the eve of, a weekend or holiday, where the company wants it so."""
    return not rule.business_days_only or (is_business_day(on) and is_business_day(on + timedelta(days=1)))


def cut_day(noticed_on: date, rule: DunningRule) -> date:
    """The first day on which a debt told on a day may cut the service: what the notice promises."""
    on = noticed_on + timedelta(days=rule.suspend_days)
    while not may_cut(rule, on):
        on += timedelta(days=1)
    return on


def first_cut(debts: Sequence[Debt], rule: DunningRule, on: date) -> date | None:
    """The first day, from `on` on, on which what was told of these debts may cut; None when nothing will."""
    promised = [debt.suspends_on for debt in debts if debt.suspends_on]
    if not promised or not rule.suspends:
        return None
    return max(min(promised), cut_day(on - timedelta(days=rule.suspend_days), rule))


def rehearse(service_ids: Sequence[int], on: date) -> list[Step]:
    """What would happen to these services on a day; three questions whatever their number."""
    found = db.session.execute(_mine(steps(on)), {"services": list(service_ids)})
    return [
        Step(row.service_id, row.action, row.debt, reason(row, on), row.held_until) for row in map(StepRow._make, found)
    ]


@lru_cache(100)
def _mine(decided: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    service_id = decided.selected_columns.service_id
    return decided.where(service_id.in_(bindparam("services", expanding=True))).order_by(service_id)


def reason(row: StepRow, on: date) -> str:
    """Why the ladder takes a step."""
    if row.noticed_on is None:
        return f"venceu em {day(row.due_on)} e não foi paga"
    if row.started_at and row.action == "terminate":
        return f"suspenso desde {day(clock.local(row.started_at).date())}"
    before = counted((on - row.noticed_on).days, "dia")
    return f"avisada em {day(row.noticed_on)}, {before} antes, {brl(row.open_cents)} em aberto"


def climb(service_id: int, on: date) -> str | None:
    """Carry out the step of a service, under its lock and decided again; what was done, or None.

    Termination is proposed to a person, never done here. May be killed anywhere and run twice.
    """
    service = lock(db.session.get_one(Service, service_id))
    step = next(iter(rehearse([service_id], on)), None)
    if step is None or step.held or step.action not in AUTOMATIC:
        return None
    if step.action == "notice":
        rule = ladder_of(service.id)
        notify_of_debt(service, step.debt, rule, cut_day(on, rule), on)
    else:
        to = "reduced" if step.action == "reduce" else "suspended_for_debt"
        Cut.make(service, step.debt, to, f"Fatura {step.debt.number} de {day(step.debt.due_on)}, {step.why}", on)
    return step.action


def review(service_id: int, on: date, *, paid: bool, invoice_id: int | None = None) -> bool:
    """After a late invoice was paid or is owed no more, or the service follows another ladder: back at once when no
    debt that was told long enough ago remains (art. 78).

    What a person suspended comes back by itself only when it was `paid`: not because a due date moved. Decided under
    the lock of the service, so a sweep and a payment never cross. `invoice_id` is what was paid or closed; it is
    remembered with what it released. True when it came back.
    """
    service = lock(db.session.get_one(Service, service_id))
    suspension = service.open_suspension()
    if suspension is None or service.status not in ("active", "reduced", "suspended_for_debt"):
        return False
    if not (paid or Cut.made(suspension)):
        return False
    rule = ladder_of(service_id)
    remaining = debts_of([service_id], on).get(service_id, [])
    if any(ripe(debt, rule.suspend_days, on) for debt in remaining):
        return False
    told = NOT_YET if any(debt.noticed_on for debt in remaining) else NOTHING_TOLD
    service.enable(PAID if paid and not remaining else told)
    if invoice_id:
        DebtRelease.keep(suspension, invoice_id)
    return True


def look_again(service_id: int, invoice_id: int, on: date) -> bool:
    """After an invoice is owed again, by an estorno or reopened: a service that its end gave back is as before.

    What a person had suspended is suspended again with the same status; what the ladder had cut takes its step by the
    rules of today. A release in trust is not given again. True when something was done to the service.
    """
    service = lock(db.session.get_one(Service, service_id))
    debt = next(
        (each for each in debts_of([service_id], on).get(service_id, []) if each.invoice_id == invoice_id), None
    )
    ended = DebtRelease.ended(service, invoice_id) if service.status == "active" else None
    if debt and ended and not Cut.made(ended):
        service.suspend(f"Fatura {debt.number} de {day(debt.due_on)} voltou a ficar em aberto", ended.status)
        return True
    return climb(service_id, on) is not None
