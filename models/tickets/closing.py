"""Finalizar and Reabrir: what ends a ticket, what keeps it open, and the way back (A-105, A-107, A-109)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import clock
from models.refused import Refused, Stale, require
from models.scope import TODAS, who
from models.tickets.holding import CLOSED, DRAFT, receivers
from models.tickets.status import GATES, OPEN
from models.wording import counted, tidy, tidy_lines
from models.workflows import TicketClassification


class Closes:
    if TYPE_CHECKING:
        id: Any
        status: Any
        due_at: Any
        open_orders: Any
        gate: Any
        closed_at: Any
        closing_note: Any
        company_id: Any
        record: Any
        announce: Any
        take: Any
        say: Any
        stay: Any
        leave: Any
        step_id: Any
        end_pause: Any
        require_version: Any
        require_held: Any
        refusal_to_act: Any

    def refusal_to_close(self, holder_name: str | None = None) -> str | None:
        """Why it cannot be finished now, and what lets it be."""
        return self.refusal_to_act(holder_name) or self._held_open()

    def close(
        self,
        classification: TicketClassification | None,
        version: int | None = None,
        comment: str = "",
        visibility: str = "",
        ask_rating: bool = False,
    ) -> None:
        """Finalizar, with a closing classification and, if somebody likes, a last comment (A-105 to A-107).

        Raises Refused with the fields at fault; Stale when an order was opened meanwhile.
        """
        self.require_version(version)
        self.require_held()
        if held := self._held_open():
            raise Stale(held)
        if refusal := refusal_of_closing(classification, self.company_id):
            raise Refused(refusal, field="classification_id")
        if tidy_lines(comment):
            self.say(comment, visibility)
        self.end(classification, "", ask_rating)

    def close_among(self, classification: TicketClassification | None, *, ask_rating: bool = False) -> None:
        """Finalizar as one of several, by an act of the floors above: nobody need be responsible for it (B-23).

        Raises Refused; Stale when it is held open, or somebody was faster.
        """
        if self.status not in OPEN:
            raise Stale(CLOSED if self.status == "closed" else DRAFT)
        if held := self._held_open():
            raise Stale(held)
        if refusal := refusal_of_closing(classification, self.company_id):
            raise Refused(refusal, field="classification_id")
        self.end(classification, "", ask_rating)

    def end(self, classification: TicketClassification | None, note: str, ask_rating: bool = False) -> None:
        """It is finished from now on, by whoever acts; whether it may be was asked."""
        self.end_pause()
        now, actor = clock.now(), who().actor
        self.leave()
        on_time = now <= self.due_at
        self.take(
            None,
            status="closed",
            closed_at=now,
            closed_by_id=actor.id if actor.kind == "operator" else None,
            closing_classification_id=classification.id if classification else None,
            closing_note=note or self.closing_note,
            on_time=on_time,
            rating_asked=ask_rating,
        )
        how = classification.name if classification else "resolvido na abertura"
        result = "no prazo" if on_time else "fora do prazo"
        self.announce("end", self.record("ticket.closed", classification=how, result=result))

    def refusal_to_reopen(self) -> str | None:
        """Why it cannot be opened again. A draft that was thrown away never began."""
        if self.status != "closed":
            return "Este atendimento não está finalizado."
        return None if self.due_at else "Este rascunho foi descartado e nunca começou. Abra outro atendimento."

    def reopen(self, reason: str, version: int | None = None) -> None:
        """Take the end back: pending again, with whoever reopens it, by its old deadline (A-109).

        Who reopens and may not attend does not hold it: the sector finds it in its queue. Raises Refused, Stale.
        """
        self.require_version(version)
        require(self.refusal_to_reopen())
        reason = tidy(reason)
        if not reason:
            raise Refused("Escreva por que o atendimento volta.", field="reason")
        actor = who().actor
        again = {"status": "pending", "closed_at": None, "closed_by_id": None, "on_time": None, "rating_asked": False}
        attends = actor.kind == "operator" and actor.id in {row.id for row in receivers(self.company_id)}
        me, since = (actor.id, clock.now()) if attends else (None, None)
        self.take(None, closing_classification_id=None, assignee_id=me, held_since=since, **again)
        self.stay(self.step_id)
        self.record("ticket.reopened", reason=reason[:500])

    def _held_open(self) -> str | None:
        if self.open_orders:
            orders = counted(self.open_orders, "ordem de serviço pendente", "ordens de serviço pendentes")
            return f"Este atendimento ainda não pode ser finalizado. Há {orders}: encerre ou cancele antes."
        return GATES[self.gate] if self.gate else None


def refusal_of_closing(classification: TicketClassification | None, company_id: int) -> str | None:
    """Why a classification cannot close a ticket of a company (A-105)."""
    fits = classification is not None and classification.company_id in (TODAS, company_id)
    if classification is None or not fits or not classification.closing or classification.inactive_since:
        return "Escolha uma classificação de encerramento."
    return None
