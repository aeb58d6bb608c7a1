"""Pix of an invoice: the charge registered at the bank, and what the bank says came in (billing.md 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, lock
from models.billing.invoice import Invoice
from models.billing.payment import Receipt, settle
from models.catalog import BankAccount
from models.history import OfCompany
from models.history.acting import TODAS
from models.operators import Company
from models.outbox import enqueue
from models.refused import Refused, require

PIX_STATUSES = {
    "requested": "Pedido ao banco",
    "active": "Registrado",
    "done": "Pago",
    "removed": "Retirado",
}
RECEIPT_OUTCOMES = {
    "waiting": "A conferir",
    "settled": "Baixado",
    "divergent": "Diverge da fatura",
    "unknown": "Fatura desconhecida",
}
DYNAMIC = "D"  # behind the 25 characters of a static txid: a cobv wants 26 or more


class PixCharge(OfCompany, Base):
    """The cobv of an invoice, with what the bank was last told of it."""

    __tablename__ = "pix_charge"

    id: Mapped[Id]
    invoice_id: Mapped[int] = mapped_column(unique=True)
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    txid: Mapped[str] = mapped_column(String(35), unique=True)
    status: Mapped[str] = mapped_column(String(10), default="requested")  # requested: a word to the bank is on its way
    code: Mapped[str] = mapped_column(String(300), default="")
    amount_cents: Mapped[Cents]
    due_on: Mapped[date]
    created_at: Mapped[datetime]
    registered_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        CheckConstraint("status in ('requested','active','done','removed')", name="status"),
    )

    @property
    def label(self) -> str:
        return f"cobrança Pix {self.id}"

    def registered(self, code: str, amount_cents: int, due_on: date) -> None:
        """The bank has it: its code is how the invoice is paid from now on."""
        self.status, self.code, self.amount_cents, self.due_on = "active", code, amount_cents, due_on
        self.registered_at = self.registered_at or clock.now()
        db.session.execute(
            update(Invoice).where(Invoice.id == self.invoice_id, Invoice.status == "open").values(pix_code=code)
        )


class PixReceipt(OfCompany, Base):
    """A Pix the bank told us about, once per endToEndId, whoever told first: webhook or reconciliation."""

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

    def confirm(self, said: HeardPix) -> None:
        """What the bank answered when asked about it: settle the invoice, or keep it for a person. Once."""
        lock(self)
        if self.outcome != "waiting":
            return
        self.txid, self.amount_cents, self.happened_at = said.txid, said.amount_cents, said.happened_at
        self.confirmed_at = clock.now()
        invoice = _invoice_of(said.txid)
        if invoice is None:
            self.outcome = "unknown"
            return
        invoice.hold()
        self.invoice_id, self.company_id = invoice.id, invoice.company_id
        if _fits(invoice, self.amount_cents, self.paid_on):
            self._settle(invoice)
        else:
            self.outcome = "divergent"

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

    @property
    def paid_on(self) -> date:
        return clock.local(self.happened_at).date()

    def _settle(self, invoice: Invoice) -> None:
        settle(invoice, Receipt("pix", self.amount_cents, self.paid_on, self.paid_on, e2e_id=self.e2e_id))
        self.outcome = "settled"
        db.session.execute(update(PixCharge).where(PixCharge.txid == self.txid).values(status="done"))


@dataclass(frozen=True)
class HeardPix:
    """A Pix as somebody tells it."""

    e2e_id: str
    txid: str
    amount_cents: int
    happened_at: datetime


def hear(told: Sequence[HeardPix], by: str) -> int:
    """Keep what came in, each endToEndId once, and have the bank asked about it; how many were new.

    `by` is webhook or reconciled. Told again, even at the same moment, nothing happens.
    """
    if not told:
        return 0
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    common = {"company_id": TODAS, "outcome": "waiting", "told_by": by, "created_at": clock.now()}
    rows = [asdict(pix) | common for pix in {pix.e2e_id: pix for pix in told}.values()]
    adding = dialect.insert(PixReceipt).values(rows).on_conflict_do_nothing()
    new = db.session.execute(adding.returning(PixReceipt.id, PixReceipt.e2e_id)).all()
    for row in new:
        enqueue("confirm_pix", row.e2e_id, {"receipt_id": row.id})
    return len(new)


def request_pix(invoice: Invoice) -> None:
    """Have the bank told how this invoice stands: to be paid, changed, or not to be paid any more."""
    charge = db.session.scalars(select(PixCharge).where(PixCharge.invoice_id == invoice.id)).first()
    if charge is None:
        charge = PixCharge(
            company_id=invoice.company_id,
            invoice_id=invoice.id,
            bank_account_id=invoice.bank_account_id,
            txid=invoice.txid + DYNAMIC,
            amount_cents=invoice.open_cents,
            due_on=invoice.due_on,
            created_at=clock.now(),
        )
        db.session.add(charge)
    charge.status = "requested"
    db.session.flush()
    enqueue("request_pix", f"{charge.id}:{uuid4().hex}", {"charge_id": charge.id})


def without_pix(pix_key: str | None, on: date) -> Select[int]:
    """Open invoices that could have a charge at the bank of this key (None: of any) and have none yet.

    A bank takes no due date that has passed: such an invoice keeps its static code.
    """
    rows = (
        select(Invoice.id)
        .join(BankAccount, BankAccount.id == Invoice.bank_account_id)
        .outerjoin(PixCharge, PixCharge.invoice_id == Invoice.id)
        .where(Invoice.status == "open", Invoice.due_on >= on, PixCharge.id.is_(None), BankAccount.pix_key != "")
    )
    return rows if pix_key is None else rows.where(BankAccount.pix_key == pix_key)


def with_stale_pix() -> Select[int]:
    """Invoices the bank knows otherwise than they are: closed, partly paid, due on another day."""
    rest = Invoice.total_cents - Invoice.paid_cents
    moved = or_(Invoice.status != "open", PixCharge.due_on != Invoice.due_on, PixCharge.amount_cents != rest)
    return (
        select(Invoice.id)
        .join(PixCharge, PixCharge.invoice_id == Invoice.id)
        .where(PixCharge.status == "active", moved)
    )


def _invoice_of(txid: str) -> Invoice | None:
    """By the txid of its charge, or that of its static code."""
    dynamic = select(PixCharge.invoice_id).where(PixCharge.txid == txid)
    found: Any = select(Invoice).where(or_(Invoice.txid == txid, Invoice.id.in_(dynamic)))
    return db.session.scalars(found).first()


def _fits(invoice: Invoice, cents: int, on: date) -> bool:
    """Is this what the invoice costs? Paid already: its total, once more, is a credit and needs nobody."""
    if invoice.status == "paid":
        return cents == invoice.total_cents
    if invoice.status != "open":
        return False
    owed = invoice.amount_due(on, db.session.get_one(Company, invoice.company_id))
    return invoice.open_cents <= cents <= owed.total_cents
