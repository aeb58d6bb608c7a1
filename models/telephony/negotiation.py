"""Comercial and the customer: an agreement, or the reason why there is none (U-10, U-34, D-29)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from models.operators import today_of
from models.refused import Refused, require
from models.scope import who
from models.telephony.sectors import Step, refusal_to_step
from models.wording import brl, tidy

HIGHEST = 1_000_000  # centavos each, per month: beyond it is a slip of the keyboard
EARLIEST = timedelta(days=90)


class IsNegotiated:
    if TYPE_CHECKING:
        id: Any
        kind: Any
        status: Any
        agreed_with: Any
        agreed_cents: Any
        agreed_on: Any
        checked_at: Any
        free_ones: Any
        created_at: Any
        take: Any
        hold: Any
        record: Any
        end: Any

    def refusal_to_agree(self, step: Step = refusal_to_step) -> str | None:
        """Why whoever acts does not answer for it with the customer."""
        if self.status == "triage":
            return "Este pedido ainda está em triagem. Confira antes o que o cliente tem sem uso."
        if self.status not in ("negotiation", "agreed"):
            return "A negociação deste pedido já terminou."
        return step("sales")

    def agree(self, agreed_with: str, on: date | None, cents: int | None, version: int | None = None) -> None:
        """Record what was agreed: with whom, on which day, at what monthly price each, in centavos (U-10).

        Until the order is launched it may be recorded again, which corrects it. Raises Refused with the fields at
        fault, Stale.
        """
        self.hold(version)
        require(self.refusal_to_agree())
        today, errors = today_of(self), {}
        if not tidy(agreed_with):
            errors["agreed_with"] = "Escreva com quem você combinou."
        if on is None:
            errors["agreed_on"] = "Escreva o dia em que combinou."
        elif on > today:
            errors["agreed_on"] = "O dia do acordo ainda não chegou. Escreva hoje ou um dia que passou."
        elif on < today - EARLIEST:
            errors["agreed_on"] = "Confira o dia do acordo: passa de 90 dias atrás."
        if not cents or cents <= 0:
            errors["agreed_cents"] = "Escreva o preço combinado, maior que zero."
        elif cents > HIGHEST:
            errors["agreed_cents"] = "Confira o preço: passa de R$ 10.000,00."
        if errors:
            raise Refused(errors=errors)
        self.take(
            status="agreed",
            agreed_with=tidy(agreed_with),
            agreed_on=on,
            agreed_cents=cents,
            agreed_by_id=who().actor.id,
        )
        assert on is not None  # noqa: S101 — refused above
        self.record("upgrade_request.agreed", agreed_with=self.agreed_with, agreed_on=on.isoformat(), price=brl(cents))

    def not_agreed(self, reason: str, version: int | None = None) -> None:
        """The customer did not buy. `take_up_again` is its undo. Raises Refused without a reason, Stale (U-34)."""
        self.hold(version)
        require(self.refusal_to_agree())
        if not tidy(reason):
            raise Refused("Escreva por que não fechou.", field="reason")
        self.end("not_agreed", reason)

    def refusal_to_sell(self) -> str | None:
        """Why it does not end as a sale of its own; only a line may (D-29)."""
        if self.kind != "line":
            return "Só uma linha fecha como venda. O resto é lançado no Planner."
        if refusal := self.refusal_to_agree():
            return refusal
        return None if self.status == "agreed" else "Registre o acordo antes: com quem, quando e por quanto."

    def sell(self, version: int | None = None) -> None:
        """A line agreed goes on as a sale, by Adicionar Serviço. Raises Refused without an agreement, Stale."""
        self.hold(version)
        require(self.refusal_to_sell())
        self.end("sold")

    def became_free(self) -> list[Any]:
        """What came free since the customer was asked: it is confirmed before anything is sold (D-02)."""
        since = self.checked_at
        return [row for row in self.free_ones() if since and row.free_since and row.free_since >= since]

    def refusal_to_check_again(self) -> str | None:
        """Why what the customer has is not looked at once more."""
        if self.kind == "line":
            return "Uma linha não sai do que o cliente já tem."
        return self.refusal_to_agree()

    def check_again(self, version: int | None = None) -> None:
        """Back to the check: what the customer has is not what it was. An agreement stays. Raises Refused, Stale."""
        self.hold(version)
        require(self.refusal_to_check_again())
        self.take(status="triage", department_id=None, checked_at=None)
        self.record("upgrade_request.taken_up", quantity=self.words)

    def refusal_to_take_up_again(self, step: Step = refusal_to_step) -> str | None:
        """Why it does not begin again."""
        if self.status not in ("not_agreed", "given_up", "sold"):
            return "Só o que terminou sem pedido é retomado. Abra um pedido novo."
        return step("sales") if self.status != "given_up" else step("support", "sales", "finance")

    def take_up_again(self, version: int | None = None) -> None:
        """The customer thought better of it: it waits where it waited. Raises Refused, Stale."""
        self.hold(version)
        require(self.refusal_to_take_up_again())
        self.take(status="triage" if self.status == "given_up" else "negotiation", ended_at=None, end_reason="")
        self.record("upgrade_request.taken_up", quantity=self.words)

    if TYPE_CHECKING:
        words: Any
