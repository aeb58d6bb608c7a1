"""Pix of an invoice: the charge registered at the bank, and what the bank says came in (billing.md 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db, lock
from models.billing.invoice import Invoice
from models.billing.payment import Receipt, settle
from models.billing.replaced_slip import ReplacedSlip
from models.billing.slip import new_txid
from models.catalog import BankAccount
from models.history import OfCompany, OfOneCompany
from models.history.acting import TODAS
from models.operators import Company
from models.outbox import enqueue
from models.refused import Refused, require

PIX_STATUSES = {
    "requested": "Pedido ao banco",
    "active": "Registrado",
    "paid": "Pago, a baixar",
    "done": "Baixado",
    "removed": "Retirado",
}
LIVE = ("requested", "active", "paid")  # what asks for the money, or has it and nobody settled it yet
IS_LIVE = text(f"status in {LIVE!r}")
RECEIPT_OUTCOMES = {
    "waiting": "A conferir",
    "settled": "Baixado",
    "divergent": "Diverge da fatura",
    "unknown": "Fatura desconhecida",
}
VALID_DAYS = 365  # a charge may be paid after the due date: a debt is paid late rather than never
DYNAMIC = "D"  # behind the 25 characters of a static txid: a cobv wants 26 or more


class PixCharge(OfCompany, Base):
    """A cobv of an invoice, with what the bank was last told of it. Done or removed it makes way for another one."""

    __tablename__ = "pix_charge"

    id: Mapped[Id]
    invoice_id: Mapped[int]
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
        CheckConstraint("status in ('requested','active','paid','done','removed')", name="status"),
        Index("ix_pix_charge_invoice_id", "invoice_id"),
        Index(
            "uq_pix_charge_live",
            "invoice_id",
            unique=True,
            sqlite_where=IS_LIVE,
            postgresql_where=IS_LIVE,
        ),
    )

    @property
    def label(self) -> str:
        return f"cobrança Pix {self.id}"

    def registered(self, code: str, amount_cents: int, due_on: date) -> None:
        """The bank has it: its code is how the invoice is paid while it stays as it is now (to_pay.py)."""
        self.status, self.code, self.amount_cents, self.due_on = "active", code, amount_cents, due_on
        self.registered_at = self.registered_at or clock.now()


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

    def confirm(self, said: HeardPix) -> None:
        """What the bank answered when asked about it: settle the invoice, or keep it for a person. Once."""
        lock(self)
        if self.outcome != "waiting":
            return
        self.txid, self.amount_cents, self.happened_at = said.txid, said.amount_cents, said.happened_at
        self.confirmed_at = clock.now()
        self.company_id = BankAccount.companies_by_key().get(said.key, TODAS)
        invoice = _invoice_of(said.txid)
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

    @property
    def paid_on(self) -> date:
        return clock.local(self.happened_at).date()

    def _settle(self, invoice: Invoice) -> None:
        settle(invoice, Receipt("pix", self.amount_cents, self.paid_on, self.paid_on, e2e_id=self.e2e_id))
        self.outcome = "settled"
        self._close_charge("done")

    def _close_charge(self, status: str) -> None:
        mine = update(PixCharge).where(PixCharge.txid == self.txid, PixCharge.status.in_(LIVE))
        db.session.execute(mine.values(status=status))


@dataclass(frozen=True)
class HeardPix:
    """A Pix as somebody tells it."""

    e2e_id: str
    txid: str
    amount_cents: int
    happened_at: datetime
    key: str  # it came in by; empty when nobody says


def hear(told: Sequence[HeardPix], by: str) -> int:
    """Keep what came in, each endToEndId once, and have the bank asked about it; how many were new.

    `by` is webhook or reconciled. Told again, even at the same moment, nothing happens.
    """
    if not told:
        return 0
    companies = BankAccount.companies_by_key()
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    once = {pix.e2e_id: pix for pix in told}
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
    adding = dialect.insert(PixReceipt).values(rows).on_conflict_do_nothing()
    new = db.session.execute(adding.returning(PixReceipt.id, PixReceipt.e2e_id)).all()
    for row in new:
        enqueue("confirm_pix", row.e2e_id, {"receipt_id": row.id})
    return len(new)


def request_pix(invoice: Invoice) -> None:
    """Have the bank told how this invoice stands: to be paid, changed, or not to be paid any more.

    A charge that was paid cannot be changed at a bank: for what is left there is a new one, by a txid of its own.
    """
    mine = select(PixCharge).where(PixCharge.invoice_id == invoice.id, PixCharge.status.in_(LIVE))
    charge = db.session.scalars(mine).first()
    if charge is None:
        charge = PixCharge(
            company_id=invoice.company_id,
            invoice_id=invoice.id,
            bank_account_id=invoice.bank_account_id,
            txid=new_txid() + DYNAMIC,
            amount_cents=invoice.open_cents,
            due_on=invoice.due_on,
            created_at=clock.now(),
        )
        db.session.add(charge)
    charge.status = "requested"
    db.session.flush()
    enqueue("request_pix", f"{charge.id}:{uuid4().hex}", {"charge_id": charge.id})


def without_pix(pix_key: str | None, on: date) -> Select[int]:
    """Open invoices that could have a charge at the bank of this key (None: of any) and have none that lives.

    A bank takes no due date that has passed: such an invoice keeps its static code.
    """
    rows = (
        select(Invoice.id)
        .join(BankAccount, BankAccount.id == Invoice.bank_account_id)
        .outerjoin(PixCharge, (PixCharge.invoice_id == Invoice.id) & PixCharge.status.in_(LIVE))
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
    owed = invoice.amount_due(on, db.session.get_one(Company, invoice.company_id))
    return invoice.open_cents <= cents <= owed.total_cents
