"""The ladder of a debt, decided in one place: told, reduced, suspended, back (RGC; X-07, D-24).

`step_of` is a pure decision from stored facts; the rehearsal lists what it says and `climb` carries it out, after
locking the service and asking again. A payment asks `review`, in the same order of locks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from models import clock
from models.banking import is_business_day
from models.base import db, lock
from models.catalog import DunningRule
from models.dunning.debt_notice import tell_debt
from models.dunning.debts import Debt, debts_of
from models.dunning.hold import Hold
from models.services import Service, Suspension, TrustUnlock
from models.wording import brl, day

STEPS = {
    "notice": "Avisar do débito",
    "reduce": "Reduzir a velocidade",
    "suspend": "Suspender por débito",
    "terminate": "Propor o fim do contrato",
}
PAID = "Débito quitado"


@dataclass(frozen=True)
class Standing:
    """What the decision needs to know of a service, as stored."""

    service_id: int
    status: str
    in_trust: bool
    held_until: date | None
    suspended_on: date | None


@dataclass(frozen=True)
class Step:
    """What the ladder does with a service on a day, and why; `held` names the day a person keeps it from it until."""

    service_id: int
    action: str
    debt: Debt
    why: str
    held: date | None = None


def step_of(standing: Standing, debts: Sequence[Debt], rule: DunningRule, on: date) -> Step | None:
    """The next step of a service with these late invoices, the most serious first; None when nothing is due.

    A suspension waits for so many days after the notice of that very debt, and for a day that is not the eve of a
    weekend or holiday. Nothing happens while it is released in trust; a hold is told in the step.
    """
    found = _proposal(standing, debts, rule, on)
    if found is None or standing.held_until is None or standing.held_until < on:
        return found
    return Step(found.service_id, found.action, found.debt, found.why, standing.held_until)


def _proposal(standing: Standing, debts: Sequence[Debt], rule: DunningRule, on: date) -> Step | None:
    told = [debt for debt in debts if debt.noticed_on]
    if standing.status == "suspended_for_debt":
        ends = standing.suspended_on + timedelta(days=rule.termination_days) if standing.suspended_on else None
        if told and ends and ends <= on:
            return Step(standing.service_id, "terminate", told[0], f"suspenso desde {day(standing.suspended_on)}")
        return None
    if standing.status not in ("active", "reduced"):
        return None
    if told and not standing.in_trust and may_cut(rule, on):
        for debt in told:
            if rule.suspends and ripe(debt, rule.suspend_days, on):
                return Step(standing.service_id, "suspend", debt, _why(debt, rule.suspend_days))
        for debt in told:
            if rule.reduces and standing.status == "active" and ripe(debt, rule.reduce_days, on):
                return Step(standing.service_id, "reduce", debt, _why(debt, rule.reduce_days))
    for debt in debts:
        if rule.notifies and not debt.noticed_on and debt.due_on + timedelta(days=rule.notice_days) <= on:
            return Step(standing.service_id, "notice", debt, f"venceu em {day(debt.due_on)} e não foi paga")
    return None


def ripe(debt: Debt, days: int, on: date) -> bool:
    """So many days have passed since the notice of this debt."""
    return debt.noticed_on is not None and debt.noticed_on + timedelta(days=days) <= on


def may_cut(rule: DunningRule, on: date) -> bool:
    """Nobody loses the connection on, or on the eve of, a weekend or holiday, where the company wants it so."""
    return not rule.business_days_only or (is_business_day(on) and is_business_day(on + timedelta(days=1)))


def cut_day(noticed_on: date, rule: DunningRule) -> date:
    """The first day on which a debt told on a day may cut the service: what the notice promises."""
    on = noticed_on + timedelta(days=rule.suspend_days)
    while not may_cut(rule, on):
        on += timedelta(days=1)
    return on


def rehearse(service_ids: Sequence[int], on: date) -> list[Step]:
    """What would happen to these services on a day; five questions whatever their number."""
    debts = debts_of(service_ids, on)
    rules: dict[int, DunningRule] = {}
    steps = []
    for company_id, standing in _standings(list(debts)):
        rule = rules.setdefault(company_id, DunningRule.of(company_id))
        if step := step_of(standing, debts[standing.service_id], rule, on):
            steps.append(step)
    return steps


def climb(service_id: int, on: date) -> str | None:
    """Carry out the step of a service, under its lock and decided again; what was done, or None.

    Termination is proposed to a person, never done here. May be killed anywhere and run twice.
    """
    service = lock(db.session.get_one(Service, service_id))
    step = next(iter(rehearse([service_id], on)), None)
    if step is None or step.held or step.action == "terminate":
        return None
    if step.action == "notice":
        tell_debt(service, step.debt, cut_day(on, DunningRule.of(service.company_id)), on)
    else:
        to = "reduced" if step.action == "reduce" else "suspended_for_debt"
        service.suspend(f"Fatura {step.debt.number} de {day(step.debt.due_on)}, {step.why}", to)
    return step.action


def review(service_id: int, on: date) -> bool:
    """After a payment or a closed invoice: back at once when no debt that was told long enough ago remains (art. 78).

    Decided under the lock of the service, so a sweep and a payment never cross. True when it came back.
    """
    service = lock(db.session.get_one(Service, service_id))
    if service.open_suspension() is None or service.status not in ("active", "reduced", "suspended_for_debt"):
        return False
    rule = DunningRule.of(service.company_id)
    remaining = debts_of([service_id], on).get(service_id, [])
    if any(ripe(debt, rule.suspend_days, on) for debt in remaining):
        return False
    service.enable(PAID)
    return True


def _why(debt: Debt, days: int) -> str:
    return f"avisada em {day(debt.noticed_on)}, {days} dias antes, {brl(debt.open_cents)} em aberto"


def _standings(service_ids: Sequence[int]) -> Iterable[tuple[int, Standing]]:
    rows = (
        select(
            Service.company_id,
            Service.id,
            Service.status,
            TrustUnlock.id.label("trust"),
            Hold.until,
            Suspension.started_at,
        )
        .outerjoin(TrustUnlock, (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active"))
        .outerjoin(Hold, (Hold.service_id == Service.id) & Hold.ended_at.is_(None))
        .outerjoin(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
        .where(Service.id.in_(service_ids))
        .order_by(Service.id)
    )
    for row in db.session.execute(rows):
        since = clock.local(row.started_at).date() if row.started_at else None
        yield row.company_id, Standing(row.id, row.status, row.trust is not None, row.until, since)
