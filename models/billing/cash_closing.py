"""Closing a cash desk with what was counted, and taking that back (B-17)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from models import clock
from models.base import lock
from models.billing.cash_entry import refusal_of_amount
from models.operators import zone_of
from models.refused import Refused, Stale, require
from models.scope import who
from models.wording import brl, moment, tidy

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped


class Closes:
    """Everything about the end of a cash desk: it is counted once, and nothing changes it afterwards."""

    if TYPE_CHECKING:  # columns and verbs of CashDesk
        id: Mapped[int]
        company_id: Mapped[int]
        operator_id: Mapped[int]
        cash_cents: Mapped[int]
        closed_at: Mapped[datetime | None]
        closed_by: Mapped[str]
        counted_cents: Mapped[int | None]
        closing_reason: Mapped[str]

        def require_version(self, version: int | None) -> None: ...
        def take(self, version: int | None = None, **values: Any) -> None: ...
        def record(self, action: str, **data: Any) -> None: ...
        @classmethod
        def open_of(cls, operator_id: int, company_id: int) -> Any: ...

    @property
    def difference_cents(self) -> int:
        """What was counted less what ought to be there: below zero money is missing. 0 while it is open."""
        return self.counted_cents - self.cash_cents if self.counted_cents is not None else 0

    @property
    def difference_words(self) -> str:
        """'sobram R$ 0,50', 'faltam R$ 2,00', 'confere'; empty while it is open."""
        if self.closed_at is None:
            return ""
        if not self.difference_cents:
            return "confere"
        return f"{'sobram' if self.difference_cents > 0 else 'faltam'} {brl(abs(self.difference_cents))}"

    def refusal_to_close(self) -> str | None:
        if self.closed_at is None:
            return None
        return f"O caixa {self.id} já foi fechado em {moment(self.closed_at, zone_of(self))}, por {self.closed_by}."

    def close(self, counted_cents: int | None, reason: str, seen: int | None = None) -> None:
        """Fechar with the cash that was counted. Closed, nothing changes it any more.

        `seen` is the version somebody counted at. Raises Refused with the fields at fault: a difference needs a
        reason; Stale when it was closed before, or when money came or went since it was shown.
        """
        if refusal := lock(self).refusal_to_close():
            raise Stale(refusal)
        self.require_version(seen)
        if refusal := refusal_of_amount(counted_cents, least=0):
            raise Refused(refusal, field="counted_cents")
        if counted_cents != self.cash_cents and not tidy(reason):
            raise Refused(f"{self._differs(counted_cents or 0)} Conte de novo, ou escreva o motivo.", field="reason")
        self.take()
        self.counted_cents, self.closed_at = counted_cents, clock.now()
        self.closed_by, self.closing_reason = who().actor.name, tidy(reason)
        self.record(
            "cash_desk.closed",
            number=self.id,
            amount_cents=counted_cents,
            difference=self.difference_words,
            expected_cents=self.cash_cents,
            reason=self.closing_reason,
        )

    def _differs(self, counted_cents: int) -> str:
        more = counted_cents - self.cash_cents
        return f"{'Sobram' if more > 0 else 'Faltam'} {brl(abs(more))}: no caixa deve haver {brl(self.cash_cents)}."

    def refusal_to_reopen(self) -> str | None:
        """Why a closing is not taken back: it is open, or its operator has another one open meanwhile."""
        if self.closed_at is None:
            return f"O caixa {self.id} está aberto."
        if other := self.open_of(self.operator_id, self.company_id):
            return f"O operador tem o caixa {other.id} aberto nesta empresa. Feche-o antes de reabrir este."
        return None

    def reopen(self, reason: str, seen: int | None = None) -> None:
        """Reabrir: the closing is taken back, and what was counted then stays in history.

        Raises Refused without a reason, and Stale when somebody was faster.
        """
        lock(self)
        if self.closed_at is None:
            raise Stale(self.refusal_to_reopen() or "")
        require(self.refusal_to_reopen())
        if not tidy(reason):
            raise Refused("Escreva o motivo. Exemplo: contagem errada.", field="reason")
        self.require_version(seen)
        self.take()
        before = {"counted_cents": self.counted_cents, "difference": self.difference_words}
        self.counted_cents, self.closed_at, self.closed_by, self.closing_reason = None, None, "", ""
        self.record("cash_desk.reopened", number=self.id, reason=tidy(reason), **before)
