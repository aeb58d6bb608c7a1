"""A Pix that came in: heard of, confirmed by the bank, and settled or kept for a person (API Pix)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, lock, upsert
from models.billing import INVOICE_STATUSES, Invoice, Receipt, ReplacedSlip
from models.catalog import BankAccount
from models.collection.pix_charge import LIVE, PixCharge
from models.operators import zone_of
from models.outbox import Left, enqueue
from models.refused import Refused, require
from models.scope import TODAS, OfOneCompany

RECEIPT_OUTCOMES = {
    "waiting": "A conferir",
    "settled": "Baixado",
    "divergent": "Diverge da fatura",
    "unknown": "Fatura desconhecida",
}


@dataclass(frozen=True)
class ReportedPix:
    """A Pix as somebody tells it."""

    e2e_id: str
    txid: str
    amount_cents: int
    happened_at: datetime
    key: str  # it came in by; empty when nobody says


class PixReceipt(OfOneCompany, Base):
    """A Pix the bank told us about, once per endToEndId, whoever told first: webhook or reconciliation.

    It belongs to the company of its invoice, and without one to that of the key it came in by.
    """

    __tablename__ = "pix_receipt"

    id: Mapped[Id]
    e2e_id: Mapped[str] = mapped_column(String(32), unique=True)
    txid: Mapped[str] = mapped_column(String(35), default="")
    amount_cents: Mapped[Cents]
    happened_at: Mapped[datetime]
    invoice_id: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(10), default="waiting")
    told_by: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        CheckConstraint("outcome in ('waiting','settled','divergent','unknown')", name="outcome"),
        CheckConstraint("told_by in ('webhook','reconciled')", name="told_by"),
        Index("ix_pix_receipt_outcome", "outcome"),
    )

    @property
    def label(self) -> str:
        return f"Pix {self.e2e_id}"

    @classmethod
    def keep_reported(cls, reported: Sequence[ReportedPix], by: str) -> int:
        """Keep what came in, each endToEndId once, and have the bank asked about it; how many were new.

        `by` is webhook or reconciled. Told again, even at the same moment, nothing happens.
        """
        if not reported:
            return 0
        companies = BankAccount.companies_by_key()
        once = {pix.e2e_id: pix for pix in reported}
        rows = [
            {
                "company_id": companies.get(pix.key, TODAS),
                "e2e_id": pix.e2e_id,
                "txid": pix.txid,
                "amount_cents": pix.amount_cents,
                "happened_at": pix.happened_at,
                "outcome": "waiting",
                "told_by": by,
                "created_at": clock.now(),
            }
            for _, pix in sorted(once.items())  # two who tell of the same ones wait for each other in one order
        ]
        adding = upsert(cls).values(rows).on_conflict_do_nothing()
        new = db.session.execute(adding.returning(cls.id, cls.e2e_id)).all()
        for row in new:
            enqueue("confirm_pix", row.e2e_id, {"receipt_id": row.id})
        return len(new)

    def confirm(self, answer: ReportedPix) -> None:
        """What the bank answered when asked about it: settle the invoice, or keep it for a person. Once."""
        lock(self)
        if self.outcome != "waiting":
            return
        self.txid, self.amount_cents, self.happened_at = answer.txid, answer.amount_cents, answer.happened_at
        self.confirmed_at = clock.now()
        self.company_id = BankAccount.companies_by_key().get(answer.key, TODAS)
        invoice = _invoice_of(answer.txid)
        if invoice is None or len({self.company_id, invoice.company_id} - {TODAS}) > 1:  # the money is with another
            self.outcome = "unknown"
            return
        invoice.hold()
        self.invoice_id, self.company_id = invoice.id, invoice.company_id
        if _fits(invoice, self.amount_cents, self.paid_on):
            self._settle(invoice)
        else:
            self.outcome = "divergent"
            self._close_charge("paid")

    def refusal_to_settle(self) -> str | None:
        if self.outcome in ("divergent", "unknown"):
            return None
        if self.outcome == "waiting":
            return "O banco ainda não confirmou este Pix. Espere alguns minutos."
        return "Este Pix já foi baixado."

    def settle_on(self, number: int | None) -> None:
        """Baixar na fatura: a person says what a divergent or unknown Pix is for. Raises Refused."""
        lock(self)
        require(self.refusal_to_settle())
        invoice = db.session.scalars(select(Invoice).where(Invoice.number == number)).first()
        if invoice is None:
            raise Refused("Não há fatura com este número. Confira o número na fatura do cliente.", field="number")
        self.invoice_id, self.company_id = invoice.id, invoice.company_id
        self._settle(invoice)

    def untie(self) -> None:
        """Its payment was taken back: a person says what it was for."""
        self.outcome = "divergent"

    def why_it_waits(self, invoice: Invoice | None, taken_from: int | None = None) -> str:
        """Why a person has to say what it is for; empty when nobody has to.

        `taken_from`: the number of the invoice it had settled until the estorno.
        """
        if self.outcome == "divergent" and taken_from:
            return f"Foi estornado da fatura {taken_from}: diga de qual fatura ele é."
        if self.outcome == "unknown" or (self.outcome == "divergent" and invoice is None):
            return "Nenhuma fatura pediu este Pix. Diga de qual fatura ele é."
        if self.outcome != "divergent" or invoice is None:
            return ""
        if invoice.status in ("cancelled", "written_off"):
            closed = INVOICE_STATUSES[invoice.status].lower()
            return f"A fatura {invoice.number} está {closed}: baixado nela, o valor vira crédito do cliente."
        return f"O valor não é o que a fatura {invoice.number} custa. Confira antes de baixar."

    @property
    def paid_on(self) -> date:
        return clock.local(self.happened_at, zone_of(self)).date()

    def _settle(self, invoice: Invoice) -> None:
        paid_on = clock.local(self.happened_at, zone_of(invoice)).date()
        invoice.settle(Receipt("pix", self.amount_cents, paid_on, paid_on, e2e_id=self.e2e_id))
        self.outcome = "settled"
        self._close_charge("done")

    def _close_charge(self, status: str) -> None:
        mine = update(PixCharge).where(PixCharge.txid == self.txid, PixCharge.status.in_(LIVE))
        db.session.execute(mine.values(status=status))


def unread_pix(e2e_id: str, why: str) -> Left:
    """What is kept of a Pix that a bank told of and nobody can read."""
    sentence = (
        "O banco contou um Pix que não se entende. Procure-o no extrato e baixe a fatura dele pelo balcão; "
        f"depois marque como vista. ({why})"
    )
    part = e2e_id or hashlib.sha256(why.encode()).hexdigest()[:12]
    return Left("pix", 0, sentence[:300], part=part)


def _invoice_of(txid: str) -> Invoice | None:
    """By the txid of its charge, that of its static code, or of one it had before its due date moved."""
    dynamic = select(PixCharge.invoice_id).where(PixCharge.txid == txid)
    replaced = select(ReplacedSlip.invoice_id).where(ReplacedSlip.txid == txid)
    found: Any = select(Invoice).where(or_(Invoice.txid == txid, Invoice.id.in_(dynamic), Invoice.id.in_(replaced)))
    return db.session.scalars(found).first()


def _fits(invoice: Invoice, cents: int, on: date) -> bool:
    """Is this what the invoice costs? Paid already: its total, once more, is a credit and needs nobody."""
    if invoice.status == "paid":
        return cents == invoice.total_cents
    if invoice.status != "open":
        return False
    owed = invoice.amount_due(on)
    return invoice.open_cents <= cents <= owed.total_cents
