"""Associar Faturas, Desassociar Faturas: invoices of the same service in and out of a booklet (C-46)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, select

from models.base import db, lock
from models.billing.instalment_order import number_for
from models.billing.invoice import INVOICE_STATUSES, Invoice, places_of
from models.refused import Refused, require
from models.services import Service
from models.wording import day

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped

CHOOSE = "Escolha ao menos uma fatura da lista."


class GathersInvoices:
    if TYPE_CHECKING:
        id: Mapped[int]
        service_id: Mapped[int]
        status: Mapped[str]

        def record(self, action: str, **data: Any) -> None: ...
        def review(self, *, opened: bool = False) -> None: ...
        def require_version(self, version: int | None) -> None: ...
        def take(self, version: int | None = None, **values: Any) -> None: ...

    def invoices(self) -> list[Invoice]:
        """Every instalment, also the cancelled ones, in the order they fall due."""
        return list(db.session.scalars(_instalments(), {"carne": self.id}))

    def payable(self) -> list[Invoice]:
        """The instalments a booklet is printed for: open, and nothing of them was paid yet."""
        return [invoice for invoice in self.invoices() if invoice.refusal_to_close() is None]

    def joinable(self) -> list[Invoice]:
        """The invoices that could be associated."""
        loose = select(Invoice).where(Invoice.service_id == self.service_id, Invoice.carne_id.is_(None))
        rows = db.session.scalars(loose.where(Invoice.status == "open").order_by(Invoice.due_on, Invoice.id))
        return [invoice for invoice in rows if self.refusal_to_join(invoice) is None]

    def refusal_to_join(self, invoice: Invoice) -> str | None:
        if self.status == "cancelled":
            return "Este carnê está cancelado e não recebe faturas."
        if self.status == "paid":
            return "Este carnê está quitado e não recebe faturas. Gere o próximo."
        if invoice.service_id != self.service_id:
            return f"A {invoice.label} não é deste serviço. Associe só faturas do serviço do carnê."
        if invoice.carne_id is not None:
            return f"A {invoice.label} já está no carnê {invoice.carne_id}."
        return invoice.refusal_to_close()

    def refusal_to_part(self, invoice: Invoice) -> str | None:
        if invoice.carne_id != self.id:
            return f"A {invoice.label} não está neste carnê."
        if invoice.status == "open":
            return None
        return f"A {invoice.label} está {INVOICE_STATUSES[invoice.status].lower()} e fica no carnê."

    def join(self, invoice_ids: Sequence[int], version: int | None = None) -> None:
        """Put invoices of the same service into the booklet. Raises Refused, Stale, and then none was put."""
        for invoice in self._chosen(invoice_ids, version):
            require(self.refusal_to_join(invoice))
            number = self._number_for(invoice)
            invoice.carne_id, invoice.installment = self.id, number
            invoice.version += 1
            db.session.flush()
            self.record("carne.joined", number=self.id, invoice=invoice.number)

    def part(self, invoice_ids: Sequence[int], version: int | None = None) -> None:
        """Take invoices out of the booklet; they stay open and payable. Raises Refused, Stale: then none was taken."""
        for invoice in self._chosen(invoice_ids, version):
            require(self.refusal_to_part(invoice))
            invoice.carne_id = invoice.installment = None
            invoice.version += 1
            db.session.flush()
            self.record("carne.parted", number=self.id, invoice=invoice.number)
        self.review()

    def _chosen(self, invoice_ids: Sequence[int], version: int | None) -> list[Invoice]:
        lock(db.session.get_one(Service, self.service_id))
        self.require_version(version)
        wanted = select(Invoice).where(Invoice.id.in_(invoice_ids)).order_by(Invoice.due_on, Invoice.id)
        rows = list(db.session.scalars(wanted))
        if not rows or len(rows) < len(set(invoice_ids)):
            raise Refused(CHOOSE, field="invoices")
        self.take()
        return [lock(row) for row in rows]

    def _number_for(self, invoice: Invoice) -> int:
        """The free number between its neighbours by due date: a detached instalment finds its own again.

        Numbers of cancelled instalments stay theirs. Raises Refused when it would stand out of order (C-112).
        """
        places = places_of(self.id)
        number = number_for(invoice.due_on, places, self._cancelled_numbers())
        if number is None:
            raise Refused(
                f"A {invoice.label} vence em {day(invoice.due_on)} e não cabe na ordem das parcelas do carnê. "
                "Mude o vencimento dela antes, ou deixe-a fora do carnê.",
                field="invoices",
            )
        return number

    def _cancelled_numbers(self) -> set[int]:
        gone = select(Invoice.installment).where(Invoice.carne_id == self.id, Invoice.status == "cancelled")
        return {number for number in db.session.scalars(gone) if number}


@cache
def _instalments() -> Select[Invoice]:
    mine = select(Invoice).where(Invoice.carne_id == bindparam("carne"))
    return mine.order_by(Invoice.due_on, Invoice.id)
