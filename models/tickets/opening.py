"""The opening of a ticket: a draft that takes anything, and Salvar, which starts its clock (C-59 to C-64, C-114)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import update

from models import clock
from models.base import changed, db
from models.network.outage import is_any_open
from models.operators import Department, Operator, own_department
from models.outbox import enqueue
from models.people.person import searchable
from models.refused import Refused, require
from models.scope import TODAS, who
from models.tickets.holding import SAVED, receivers
from models.tickets.status import AT_OPENING
from models.wording import tidy, tidy_lines
from models.workflows import Process, TicketKind

LONGEST = 4000
SUBJECT = 90  # letters of the report that stand where there is room for one line
SOUGHT = 300  # letters of the report by which it is found


class Destination(NamedTuple):
    """Where a new ticket goes: a sector, or somebody in theirs (C-61)."""

    department: Department
    operator: Operator | None = None


class Opens:
    if TYPE_CHECKING:
        id: Any
        staged: Any
        refusal_to_go_on: Any
        company_id: Any
        status: Any
        typed: Any
        report: Any
        search_text: Any
        process_id: Any
        record: Any
        announce: Any
        take: Any
        enter: Any
        end: Any
        start_clock: Any
        require_version: Any
        due_at: Any
        kind_id: Any
        department_id: Any
        step_id: Any

    def keep(self, typed: dict[str, Any]) -> None:
        """What is typed so far, finished or not, in the draft (C-64). Raises Refused once it was saved.

        No new version: it is kept every few seconds, and nobody else was shown it; Salvar takes the version.
        """
        require(self.refusal_to_go_on(), fix=self)
        row: Any = type(self)
        mine = update(row).where(row.id == self.id, row.status == "draft")
        found_by = sought(self.report or typed.get("report") or "")  # as `subject` shows it
        if not changed(mine.values(typed=typed, search_text=found_by, saved_at=clock.now())):
            raise Refused(SAVED, fix=self)
        db.session.refresh(self)

    def save(self, kind: TicketKind | None, answers: dict[str, Any], version: int | None = None) -> None:
        """Salvar of the quick form: the deadline begins, in the process of the kind (C-60 to C-62, C-114, C-115, D-22).

        `answers`: status (of AT_OPENING), destination (Destination or None), report, closing_note. Raises Refused with
        the fields at fault, Stale.
        """
        self.require_version(version)
        require(self.refusal_to_go_on())
        if self.staged:
            raise Refused("Este rascunho é do atendimento em etapas. Continue nele por lá.", fix=self)
        errors = opening_errors(self.company_id, kind, answers)
        if errors or kind is None:
            raise Refused(errors=errors)
        process = db.session.get_one(Process, kind.process_id)
        status, destination = answers["status"], answers["destination"]
        self.kind_id, self.report, self.typed = kind.id, tidy_lines(answers["report"]), {}
        self.search_text = sought(self.report)
        self.begin(process, "pending" if status == "closed" else status)
        if status == "closed":
            self.end(None, tidy_lines(answers["closing_note"]))
            return
        to = destination.operator if destination else None
        own = own_department()
        mine = destination.department.id if destination else own and own.id
        held = {"assignee_id": to.id, "held_since": clock.now()} if to else {}
        self.take(None, department_id=mine or self.department_id, **held)

    def begin(self, process: Process, status: str) -> None:
        """The clock runs from now on, at the first subprocess. Raises Refused for a process that has none."""
        step = process.first_step()
        if step is None:
            raise Refused(f"O processo {process.name} não tem subprocessos. Peça a quem administra que crie um.")
        self.process_id = process.id
        self.start_clock(process.sla_type, clock.now())
        self.enter(step)
        self.status = status
        db.session.flush()
        due_at = self.due_at.isoformat()
        self.announce("start", self.record("ticket.started", process=process.name, step=step.name, due_at=due_at))
        if is_any_open():
            enqueue("gather_tickets", f"ticket:{self.id}", {"ticket_id": self.id})

    def refusal_to_discard(self) -> str | None:
        """Why whoever acts cannot throw it away: it was saved, or somebody else began it and they do not supervise."""
        refusal: str | None = self.refusal_to_go_on()
        if refusal is None or self.status != "draft":
            return refusal
        supervise, actor = receivers(self.company_id, "tickets.reopen"), who().actor
        if actor.kind == "operator" and actor.id in {row.id for row in supervise}:
            return None
        names = " ou ".join(["a ela", *(f"a {row.name}" for row in supervise[:2])])
        return f"Este rascunho é de outra pessoa. Peça {names} que o descarte."

    def discard(self, reason: str, version: int | None = None) -> None:
        """The end of a draft that was opened by mistake; its protocol stays taken. Raises Refused, Stale."""
        self.require_version(version)
        reason = tidy(reason)
        if refusal := self.refusal_to_discard():
            raise Refused(refusal)
        if not reason:
            raise Refused("Escreva por que o rascunho é descartado.", field="reason")
        actor = who().actor
        by = {"closed_at": clock.now(), "closed_by_id": actor.id if actor.kind == "operator" else None}
        self.take(None, status="closed", closing_note=reason[:500], **by)
        self.record("ticket.discarded", reason=reason[:500])

    @property
    def subject(self) -> str:
        """The first line of what it is about, for lists and headings."""
        first = (self.report or self.typed.get("report") or "").strip().partition("\n")[0]
        return first if len(first) <= SUBJECT else first[: SUBJECT - 1].rsplit(" ", 1)[0] + "…"


def opening_errors(company_id: int, kind: TicketKind | None, answers: dict[str, Any]) -> dict[str, str]:
    """What is missing or refused in the quick form, by field."""
    errors, status = {}, answers.get("status")
    if kind is None or kind.inactive_since or kind.company_id not in (TODAS, company_id):
        errors["kind_id"] = "Escolha o tipo de atendimento."
    if status not in AT_OPENING:
        errors["status"] = "Escolha o status do atendimento."
    to = answers.get("destination")
    if status == "awaiting_analysis" and not to:
        errors["destination"] = "Escolha quem vai analisar: um setor ou uma pessoa."
    elif answers.get("unknown") or (to and to.operator and to.operator.id not in _attendants(company_id)):
        errors["destination"] = "Escolha um setor em uso, ou uma pessoa que atende nesta empresa."
    for field, what in (("report", "a descrição de abertura"), ("closing_note", "a descrição do fechamento")):
        text = tidy_lines(answers.get(field))
        if not text and (field == "report" or status == "closed"):
            errors[field] = f"Escreva {what}."
        elif len(text) > LONGEST:
            errors[field] = f"Escreva no máximo {LONGEST} letras. Este texto tem {len(text)}."
    return errors


def sought(report: str) -> str:
    """What a list finds it by: how its report begins, without capitals and accents."""
    return searchable(report)[:SOUGHT]


def _attendants(company_id: int) -> set[int]:
    return {row.id for row in receivers(company_id)}
