"""Por que está bloqueado: which invoice, which notice, when, and what ends it, from what is stored (RGC, X-07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from models import clock
from models.base import db
from models.catalog import DunningRule
from models.contracts import followed_ladder
from models.dunning.debt_notice import Debt
from models.dunning.debts import debts_of
from models.dunning.ladder import holding, ripe
from models.dunning.returning import paid_waits, review_waits
from models.operators import Company
from models.services import Service, Suspension, TrustUnlock
from models.wording import brl, counted, day, listed, moment, month_name

CUT = {"suspended_for_debt": "suspenso", "reduced": "reduzido"}


@dataclass(frozen=True)
class Blocked:
    """An open suspension and what keeps it open. `debts` are those whose notice is old enough; paid, it ends."""

    service_id: int
    status: str
    since: date
    reason: str  # as it was written, by the ladder or by a person
    trust_until: datetime | None
    debts: tuple[Debt, ...]
    holding: tuple[Debt, ...]  # what brings it back when it is paid: those, or all that are late
    rule_days: int
    zone: str
    returning: bool  # nothing holds it any more, and its review is about to be carried out
    paid: bool  # because a payment came in

    @property
    def staff_text(self) -> str:
        """For the staff: with the reason and the rule."""
        sentences = [f"{CUT[self.status].capitalize()} desde {day(self.since)}. Motivo: {self.reason.rstrip('.')}."]
        sentences += [
            f"A fatura {debt.number} venceu em {day(debt.due_on)}, foi avisada em {day(debt.noticed_on)} e tem "
            f"{brl(debt.open_cents)} em aberto."
            for debt in self.debts
        ]
        if self.trust_until:
            sentences.append(f"Liberado em confiança até {moment(self.trust_until, self.zone)}.")
        if self.debts:
            what = "ela for paga" if len(self.debts) == 1 else f"as {len(self.debts)} forem pagas"
            sentences.append(
                f"A régua corta {counted(self.rule_days, 'dia')} depois do aviso; volta sozinho assim que {what}."
            )
        elif self.returning:
            why = "O pagamento entrou" if self.paid else "Não há mais débito que o segure"
            sentences.append(f"{why}: o serviço está voltando.")
        else:
            sentences.append("Nenhuma fatura o segura: volta quando alguém habilitar.")
        return " ".join(sentences)

    @property
    def subscriber_text(self) -> str:
        """For the subscriber: softer, and without what somebody of the staff wrote."""
        if self.returning:
            why = "Recebemos o seu pagamento." if self.paid else "Não há mais débito que o segure."
            return f"{why} O serviço está voltando, não precisa fazer nada."
        if not self.debts:
            return f"O serviço está {CUT[self.status]} desde {day(self.since)}. Fale com a gente para saber o motivo."
        several = len(self.debts) > 1
        owed = listed([f"a de {month_name(debt.due_on)}, que venceu em {day(debt.due_on)}" for debt in self.debts])
        noticed_on = min(debt.noticed_on for debt in self.debts if debt.noticed_on)
        return (
            f"{'Ficaram' if several else 'Ficou'} em aberto {owed}: "
            f"{brl(sum(debt.open_cents for debt in self.debts))}. Avisamos em {day(noticed_on)}, e o serviço foi "
            f"{CUT[self.status]} em {day(self.since)}. Assim que o pagamento cair, ele volta sozinho e sem taxa."
        )


def why_blocked(service_ids: Sequence[int], late: Mapping[int, Sequence[Debt]] | None = None) -> dict[int, Blocked]:
    """By service, why it is suspended, reduced, or released only in trust; nothing of one that nothing stops.

    A fixed number of questions for services of one zone. Whoever has read what they owe today hands it in.
    """
    rows = db.session.execute(_open_suspensions(), {"services": list(service_ids)}).all()
    days = {row.Company.zone: clock.today(row.Company.zone) for row in rows}
    owed = dict(late or {})
    if late is None:
        for on in set(days.values()):
            owed |= debts_of([row.Suspension.service_id for row in rows if days[row.Company.zone] == on], on)
    return {
        row.Suspension.service_id: _blocked(row, days[row.Company.zone], owed.get(row.Suspension.service_id, ()))
        for row in rows
    }


def _blocked(row: Row[*tuple[Any, ...]], today: date, late: Sequence[Debt]) -> Blocked:
    suspension, trust_until, company, rule, paid, reviewed = row
    debts = tuple(debt for debt in late if ripe(debt, rule.suspend_days, today))
    return Blocked(
        service_id=suspension.service_id,
        status=suspension.status,
        since=clock.local(suspension.started_at, company.zone).date(),
        reason=suspension.reason,
        trust_until=trust_until,
        debts=debts,
        holding=holding(late, rule.suspend_days, today),
        rule_days=rule.suspend_days,
        zone=company.zone,
        returning=not debts and reviewed,
        paid=paid,
    )


@cache
def _open_suspensions() -> Select[*tuple[Any, ...]]:
    return (
        select(Suspension, TrustUnlock.ends_at, Company, DunningRule, paid_waits(), review_waits())
        .join(Service, Service.id == Suspension.service_id)
        .join(Company, Company.id == Service.company_id)
        .join(DunningRule, DunningRule.id == followed_ladder())
        .outerjoin(TrustUnlock, (TrustUnlock.service_id == Service.id) & (TrustUnlock.status == "active"))
        .where(Suspension.service_id.in_(bindparam("services", expanding=True)), Suspension.ended_at.is_(None))
        .order_by(Suspension.service_id)
    )
