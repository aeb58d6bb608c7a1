"""A macro in a ticket: its acts in order, each by the verb of the button, until one is refused (B-10, decision 028).

What was done before a refused act stays done; nothing after it is tried. The plan that is shown before asks, act by
act, the same questions, of the ticket as the acts before would leave it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.orm.attributes import set_committed_value

from models import clock
from models.base import db, lock
from models.refused import Refused, Stale, require
from models.scope import TODAS, who
from models.tickets.closing import refusal_of_closing
from models.tickets.commenting import refusal_of_text
from models.tickets.forwarding import ALL_DONE
from models.tickets.holding import CLOSED, DRAFT
from models.wording import tidy_lines
from models.workflows import Filled, Macro, MacroAct, fill
from models.workflows.macro import MOVES

MINE = "Já é seu"
CHANGED = "A macro, ou o que ela diz aqui, mudou depois que você abriu a página. Nada foi feito. Confira de novo."
SUPPOSED = ("assignee_id", "held_since", "step_id", "process_id", "paused_at", "status", "due_at", "sla_type")


class Step(NamedTuple):
    """An act of a macro in one ticket: in words, the text it says, and why it is refused."""

    title: str
    text: str
    refusal: str | None
    note: str = ""  # what is so already


class Ran(NamedTuple):
    """How far a macro went: what was done, the act that was refused, what was not tried."""

    done: list[Step]
    refused: Step | None
    left: list[Step]

    @property
    def changed(self) -> bool:
        """Did anything happen? What was so already did not."""
        return any(not step.note for step in self.done)

    @property
    def steps(self) -> list[Step]:
        return [*self.done, *([self.refused] if self.refused else []), *self.left]


class _Before(NamedTuple):
    """What the acts before would leave in rows of other tables: subprocesses entered, who follows."""

    steps: list[int]
    followers: list[int]


class Runs:
    if TYPE_CHECKING:
        company_id: Any
        assignee_id: Any
        status: Any
        step_id: Any
        process_id: Any
        started_at: Any
        house_id: Any
        answer_values: Any
        term: Any
        next_step: Any
        record: Any
        require_version: Any
        refusal_to_act: Any
        refusal_to_claim: Any
        refusal_to_close: Any
        refusal_to_pause: Any
        refusal_of_step: Any
        refusal_of_process: Any
        refusal_of_watcher: Any
        claim: Any
        comment: Any
        forward: Any
        forward_to_step: Any
        forward_to_process: Any
        pause: Any
        watch: Any
        close: Any

    def macros(self) -> list[Macro]:
        """Those in use that may be run in it."""
        return Macro.of(self.house_id)

    def refusal_to_run(self) -> str | None:
        """Why no macro can be run in it; each act asks its own question besides."""
        if self.status == "draft":
            return DRAFT
        return CLOSED if self.status == "closed" else None

    def plan(self, macro: Macro, *, sees_money: bool) -> Ran:
        """How far a macro would go now, and what it would say; nothing is written."""
        before = {name: getattr(self, name) for name in SUPPOSED}
        been = _Before([], [])
        try:
            return _until_refused(macro, lambda act: self._supposed(act, been, sees_money))
        finally:
            self._suppose(**before)

    def shown(self, macro: Macro, *, sees_money: bool) -> str:
        """What a macro is and would say here now, as a digest: that somebody confirmed this, and nothing else."""
        said = [(act.title, *self._said(act, sees_money)) for act in macro.acts]
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def run(self, macro: Macro, version: int | None, *, sees_money: bool, shown: str | None = None) -> Ran:
        """Do its acts in order until one is refused; what was done stays. One entry tells how far it went.

        Of a macro whose first act is refused nothing happened, and nothing is told. Raises Stale when the ticket, the
        macro or what it says is not as it was `shown`, Refused for a macro out of use.
        """
        self.require_version(version)
        require(self.refusal_to_run())
        if shown not in (None, self.shown(macro, sees_money=sees_money)):
            raise Stale(CHANGED)
        if macro.inactive_since or macro.company_id not in (TODAS, self.house_id):
            raise Refused(f"A macro {macro.name} está fora de uso. Escolha outra.")
        ran = _until_refused(macro, lambda act: self._done(act, sees_money))
        if ran.changed:
            stopped = f". Parou em {ran.refused.title}: {ran.refused.refusal}" if ran.refused else ""
            counts = {"done": len(ran.done), "acts": len(macro.acts)}
            self.record("ticket.macro_ran", macro=macro.name, **counts, stopped=stopped.rstrip("."))
        return ran

    def _done(self, act: MacroAct, sees_money: bool) -> Step:
        said = self._said(act, sees_money)
        if act.kind == "claim" and self._is_mine():
            return Step(act.title, "", None, MINE)
        try:
            with db.session.begin_nested():
                if refusal := self._refusal(act, said, _Before([], [])):
                    raise Refused(refusal)
                self._do(act, said.text)
        except Refused as no:
            lock(self)  # as it was before the act
            return Step(act.title, said.text, no.sentence)
        return Step(act.title, said.text, None)

    def _do(self, act: MacroAct, text: str) -> None:
        match act.kind:
            case "claim":
                self.claim()
            case "comment":
                self.comment(text, act.visibility)
            case "forward":
                self.forward()
            case "step":
                self.forward_to_step(act.step)
            case "process":
                self.forward_to_process(act.process)
            case "watch":
                self.watch(act.operator)
            case "pause":
                self.pause(text)
            case "close":
                self.close(act.classification, None, text, act.visibility)

    def _supposed(self, act: MacroAct, been: _Before, sees_money: bool) -> Step:
        """What would become of an act; the ticket is as if it was done."""
        said = self._said(act, sees_money)
        if act.kind == "claim" and self._is_mine():
            return Step(act.title, "", None, MINE)
        if (refusal := self._refusal(act, said, been)) is None:
            try:
                self._suppose(**self._after(act, been))
            except Refused as no:
                refusal = no.sentence
        return Step(act.title, said.text, refusal)

    def _after(self, act: MacroAct, been: _Before) -> dict[str, Any]:
        """Of what the questions look at, what an act changes."""
        now = clock.now()
        if act.kind in MOVES:
            values: dict[str, Any] = {"assignee_id": None, "held_since": None}
            if act.kind == "process" and act.process:
                step = act.process.first_step()
                due_at = self.term(act.process.sla_type, self.started_at).due_at
                values |= {"process_id": act.process_id, "sla_type": act.process.sla_type, "due_at": due_at}
            else:
                step = act.step if act.kind == "step" else self.next_step(been.steps)
            if step is None:
                raise Refused(ALL_DONE)
            been.steps.append(step.id)
            return values | {"step_id": step.id}
        if act.operator_id is not None:
            been.followers.append(act.operator_id)
        known: dict[str, dict[str, Any]] = {
            "claim": {"assignee_id": who().actor.id, "held_since": now},
            "pause": {"paused_at": now},
            "close": {"status": "closed"},
        }
        return known.get(act.kind, {})

    def _suppose(self, **values: Any) -> None:
        """Not a change: nothing of it is ever written."""
        for name, value in values.items():
            set_committed_value(self, name, value)

    def _said(self, act: MacroAct, sees_money: bool) -> Filled:
        """Its text, filled, none with a hole; why the clock stops is no text with placeholders."""
        if act.kind == "pause" or not act.says:
            return Filled(act.text if act.kind == "pause" else "", None)
        said: Filled = fill(act.says, self.answer_values(sees_money=sees_money))
        return said if said.refusal is None else Filled("", said.refusal)

    def _refusal(self, act: MacroAct, said: Filled, been: _Before) -> str | None:
        """Why an act cannot be done now: what it names, the question of its verb, what it says."""
        return act.fault or self._refusal_of_verb(act, been) or said.refusal or self._refusal_of_said(act, said.text)

    def _refusal_of_said(self, act: MacroAct, text: str) -> str | None:
        return refusal_of_text(tidy_lines(text)) if act.kind == "comment" or act.says else None

    def _refusal_of_verb(self, act: MacroAct, been: _Before) -> str | None:
        refusal: str | None
        match act.kind:
            case "claim":
                refusal = self.refusal_to_claim()
            case "pause":
                refusal = self.refusal_to_pause()
            case "close":
                refusal = self.refusal_to_close() or refusal_of_closing(act.classification, self.company_id)
            case _:
                refusal = self.refusal_to_act() or self._refusal_of_way(act, been)
        return refusal

    def _refusal_of_way(self, act: MacroAct, been: _Before) -> str | None:
        refusal: str | None
        match act.kind:
            case "forward":
                refusal = None if self.next_step(been.steps) else ALL_DONE
            case "step":
                refusal = self.refusal_of_step(act.step)
            case "process":
                refusal = self.refusal_of_process(act.process)
            case "watch":
                refusal = self.refusal_of_watcher(act.operator, been.followers)
            case _:
                refusal = None
        return refusal

    def _is_mine(self) -> bool:
        return self.status not in ("draft", "closed") and (who().actor.kind, who().actor.id) == (
            "operator",
            self.assignee_id,
        )


def _until_refused(macro: Macro, each: Callable[[MacroAct], Step]) -> Ran:
    done: list[Step] = []
    for place, act in enumerate(macro.acts):
        step = each(act)
        if step.refusal:
            return Ran(done, step, [Step(later.title, "", None) for later in macro.acts[place + 1 :]])
        done.append(step)
    return Ran(done, None, [])
