"""Cortados e liberados: services suspended and reduced by day, those that came back, those released in trust (B-20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from sqlalchemy import exists, func, literal, select, union_all
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.desk.periods import Period, Step
from models.desk.told import Figure, Told
from models.operators import Company
from models.services import Service, Suspension, TrustUnlock
from models.services.status import SUSPENDED
from models.wording import counted

MARGIN = timedelta(days=1)  # the day of a company may begin and end so long before or after that of UTC


class DayOfCuts(NamedTuple):
    """A service that is reduced and then suspended is cut twice. Released in trust, it has not come back: it owes."""

    step: Step
    suspended: int
    reduced: int
    returned: int
    trusted: int

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def cut(self) -> int:
        return self.suspended + self.reduced

    @property
    def released(self) -> int:
        return self.returned + self.trusted

    @property
    def says(self) -> str:
        came = f"{counted(self.returned, 'voltou', 'voltaram')}, {self.trusted} em confiança"
        return f"{self.step.short}: {counted(self.cut, 'cortado')}, {came}"


def cuts(period: Period) -> Sequence[DayOfCuts]:
    """One row a day, week or month that has begun, the newest first. Two questions."""
    moved = period.by_step(_moves(period), lambda row: row[1])
    zones = {row.zone for row in db.session.execute(select(Company.zone))}
    latest = max((clock.today(zone) for zone in zones), default=period.end)
    found = []
    for step, moves in moved.items():
        if step.start <= latest:
            kinds = Counter(kind for kind, _ in moves)
            found.append(DayOfCuts(step, *(kinds[kind] for kind in (*SUSPENDED, "returned", "trusted"))))
    return found[::-1] if any(row.cut or row.released for row in found) else []


def _moves(period: Period) -> list[tuple[str, date]]:
    """What happened to services in the period, each on the day of its company."""
    cut = select(Suspension.status.label("kind"), Suspension.started_at.label("at"), Suspension.company_id)
    worse = aliased(Suspension)
    replaced = exists().where(worse.service_id == Suspension.service_id, worse.started_at == Suspension.ended_at)
    came = select(literal("returned"), Suspension.ended_at, Suspension.company_id)
    came = came.where(Suspension.ended_at.is_not(None), ~replaced)
    trusted = select(literal("trusted"), TrustUnlock.starts_at, TrustUnlock.company_id)
    begins, ends = clock.at(period.start, time(0)) - MARGIN, clock.end_of(period.end) + MARGIN
    parts = [
        period.of_company(rows.where(at.between(begins, ends)), company)
        for rows, at, company in (
            (cut, Suspension.started_at, Suspension.company_id),
            (came, Suspension.ended_at, Suspension.company_id),
            (trusted, TrustUnlock.starts_at, TrustUnlock.company_id),
        )
    ]
    moves = union_all(*parts).subquery()
    rows = select(moves.c.kind, moves.c.at, Company.zone).join(Company, Company.id == moves.c.company_id)
    dated = ((row.kind, clock.local(row.at, row.zone).date()) for row in db.session.execute(rows))
    return [(kind, on) for kind, on in dated if period.start <= on <= period.end]


def told(period: Period, rows: Sequence[DayOfCuts]) -> Told:
    """The figures above it, and how many are without service and in trust now. Two questions."""
    cut, returned, trusted = (sum(getattr(row, name) for row in rows) for name in ("cut", "returned", "trusted"))
    off = period.of_company(select(func.count(Service.id)).where(Service.status.in_(SUSPENDED)), Service.company_id)
    unlocks = select(func.count(TrustUnlock.id)).where(TrustUnlock.status == "active")
    off_now = db.session.scalar(off) or 0
    trusted_now = db.session.scalar(period.of_company(unlocks, TrustUnlock.company_id)) or 0
    figures = [
        Figure("Cortados", str(cut)),
        Figure("Voltaram", str(returned)),
        Figure("Liberados em confiança", str(trusted)),
        Figure("Cortados agora", str(off_now), "bad" if off_now else ""),
        Figure("Em confiança agora", str(trusted_now), "warn" if trusted_now else ""),
    ]
    words = f"Agora {counted(off_now, 'serviço está cortado', 'serviços estão cortados')} por débito."
    if trusted_now:
        words += f" Mais {trusted_now} em confiança: {'navega' if trusted_now == 1 else 'navegam'} e ainda deve"
        words += "." if trusted_now == 1 else "m."
    came = f"{counted(returned, 'voltou', 'voltaram')}, {counted(trusted, 'liberado', 'liberados')} em confiança"
    return Told(figures, words, f"{counted(cut, 'corte')}; {came if returned or trusted else 'ninguém voltou ainda'}")
