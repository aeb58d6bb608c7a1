"""What the rehearsal of the night reads, and what each row says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from models import clock
from models.desk.signs import Sign, Stop
from models.dunning.ladder import AUTOMATIC, StepRow
from models.wording import near

OUTCOMES = {
    "suspend": "Serão suspensos",
    "reduce": "Serão reduzidos",
    "notice": "Serão avisados",
    "trust": "Liberações em confiança que terminam",
    "returning": "Voltam: pagamento recebido",
    "held": "Ficam de fora",
    "terminate": "Propostas de fim de contrato",
}
R = TypeVar("R")
DOES = {"suspend": "suspende", "reduce": "reduz", "notice": "avisa"}
NOTICED = {"email": "aviso por e-mail", "portal": "aviso na Central"}


class Rehearsed(NamedTuple):
    """A service with its step of the ladder; `held_by` and `hold_reason` while a person keeps it from it."""

    step: StepRow
    outcome: str
    plan_name: str
    person_id: int
    person: str
    company: str
    ladder: str | None  # where it is not the company's default
    hold_reason: str | None
    held_by: str | None

    def path(self, on: date) -> list[Stop]:
        """Why: it was due, it was told, and what comes on the day."""
        step = self.step
        stops = [Stop("", f"venceu {step.due_on:%d/%m}", "past")]
        if step.noticed_on and step.channel:
            stops.append(Stop("", f"{NOTICED[step.channel]} {step.noticed_on:%d/%m}", "past", passes=False))
        if step.started_at and step.action == "terminate":
            return [*stops, Stop("", f"suspenso desde {clock.local(step.started_at):%d/%m/%Y}", "stopped")]
        state = "warn" if step.action == "notice" else "stopped"
        return [*stops, Stop("", f"{DOES[step.action]} {on:%d/%m}", state)]


class Returning(NamedTuple):
    """A suspended service that something else happens to; `services` counts them all, `ends_at` is of its release."""

    service_id: int
    plan_name: str
    person_id: int
    person: str
    company: str
    suspension: str
    services: int
    ends_at: datetime | None = None

    @property
    def sign(self) -> Sign:
        if self.ends_at is None:
            return Sign("O pagamento chegou. O serviço volta assim que o débito for revisto", "ok", "cash")
        back = "ficar suspenso" if self.suspension == "suspended_for_debt" else "ficar reduzido"
        ends = f"A liberação termina {near(self.ends_at)}. Sem pagamento, volta a {back}"
        return Sign(ends, "warn", "heart-handshake")


@dataclass(frozen=True)
class Group(Generic[R]):
    """The services with one outcome: how many, what their invoices sum to, and the first of the rows."""

    outcome: str
    services: int
    cents: int
    rows: list[R]

    @property
    def title(self) -> str:
        return OUTCOMES[self.outcome]

    @property
    def others(self) -> int:
        """How many are not among the rows."""
        return self.services - len(self.rows)


@dataclass(frozen=True)
class Night:
    """What a day brings: the steps of the ladder, and what happens by itself beside it, in the order of OUTCOMES."""

    decided: list[Group[Rehearsed]]
    beside: list[Group[Returning]]

    def count(self, outcome: str) -> int:
        return sum(group.services for group in self.decided if group.outcome == outcome)

    @property
    def owed_cents(self) -> int:
        """What is owed by those who are told, reduced or suspended."""
        return sum(group.cents for group in self.decided if group.outcome in AUTOMATIC)


@dataclass(frozen=True)
class Line:
    """A line of the exported list; its fields are the columns."""

    outcome: str
    person: str
    person_id: int
    plan_name: str
    company: str
    ladder: str
    number: int
    due_on: date
    open_cents: int
    noticed_on: date | None
    why: str
    held_until: date | None
    hold_reason: str | None
