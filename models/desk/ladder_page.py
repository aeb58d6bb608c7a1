"""Where a service stands on the ladder: why it is blocked, what it owes, what comes next, and who keeps it from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.catalog import DunningRule
from models.contracts import ladder_of
from models.desk.blocked import Blocked, why_blocked
from models.dunning import STEPS, Hold, Step, rehearse
from models.dunning.debt_notice import Debt
from models.dunning.debts import debts_of
from models.dunning.ladder import first_cut
from models.operators import today_of
from models.services import Service
from models.wording import day


@dataclass(frozen=True)
class LadderPage:
    blocked: Blocked | None
    step: Step | None  # of today
    debts: list[Debt]
    rule: DunningRule
    hold: Hold | None
    cuts_on: date | None  # the first day on which what it was told of may cut it

    @property
    def words(self) -> str:
        """What is so, and what comes next."""
        if self.blocked:
            return self.blocked.staff_text
        if self.step:
            return f"Próximo passo: {STEPS[self.step.action].lower()}. Fatura {self.step.debt.number}, {self.step.why}."
        if not self.debts:
            return "Nada em atraso. A régua não tem o que fazer com este serviço."
        return f"Há débito, e nada acontece hoje. {self._later()}"

    def _later(self) -> str:
        if not self.rule.suspends:
            return "A régua que ele segue não suspende."
        return f"Pode ser suspenso a partir de {day(self.cuts_on)}." if self.cuts_on else "O próximo passo é o aviso."


def show(service: Service) -> LadderPage:
    today, rule = today_of(service), ladder_of(service.id)
    debts = debts_of([service.id], today).get(service.id, [])
    return LadderPage(
        blocked=why_blocked([service.id], {service.id: debts}).get(service.id),
        step=next(iter(rehearse([service.id], today)), None),
        debts=debts,
        rule=rule,
        hold=Hold.of(service),
        cuts_on=first_cut(debts, rule, today),
    )
