"""Quitado: a carnê ends when its last instalment is paid, and goes on when a receipt is taken back (B-07)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from models.billing.invoice import Invoice

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

ASKS_BEFORE = timedelta(days=30)  # of the last due date: the next booklet is printed and handed over in time
TOLD = {"open": "carne.reopened", "paid": "carne.settled", "cancelled": "carne.ended"}


class Ends:
    """The status of a carnê follows its instalments; to cancel what is unpaid is a person's word."""

    if TYPE_CHECKING:
        id: Mapped[int]
        status: Mapped[str]
        version: Mapped[int]

        def invoices(self) -> list[Invoice]: ...
        def record(self, action: str, **data: Any) -> None: ...

    def review(self, *, opened: bool = False) -> None:
        """Open while an instalment is; then Quitado when something was paid, else cancelled: nobody owes any of it.

        What a person cancelled stays so until an instalment of it is `opened` again. Harmless at any time. Called in
        the transaction of whatever ended or opened an instalment.
        """
        status = status_by([invoice.status for invoice in self.invoices()])
        if self.status == status or (self.status == "cancelled" and not opened):
            return
        self.status, self.version = status, self.version + 1
        self.record(TOLD[status], number=self.id)

    def refusal_to_cancel(self) -> str | None:
        """Why it cannot be cancelled (B-07)."""
        if self.status == "paid":
            return (
                f"O carnê {self.id} está quitado: não há parcela a cancelar. "
                "Um pagamento lançado por engano se desfaz na fatura da parcela."
            )
        if self.status == "cancelled":
            return "Este carnê já está cancelado."
        asks = (invoice.refusal_of_contest() for invoice in self.invoices() if invoice.status in ("open", "contested"))
        return next(filter(None, asks), None)


def status_by(invoices: Sequence[str]) -> str:
    """What the statuses of its invoices make of a carnê: open, paid or cancelled; without an instalment it is open."""
    if {"open", "contested"} & set(invoices) or not invoices:
        return "open"
    return "paid" if "paid" in invoices else "cancelled"
