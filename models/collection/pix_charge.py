"""Pix of an invoice: the charge registered at the bank, and which invoices the bank should hear of (API Pix)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Select, String, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id, db
from models.billing import Invoice
from models.billing.invoice import issued_with
from models.billing.slip import new_txid
from models.catalog import AccountEdition
from models.outbox import enqueue
from models.scope import OfCompany

PIX_STATUSES = {
    "requested": "Pedido ao banco",
    "active": "Registrado",
    "paid": "Pago, a baixar",
    "done": "Baixado",
    "removed": "Retirado",
}
LIVE = ("requested", "active", "paid")  # what asks for the money, or has it and nobody settled it yet
IS_LIVE = text(f"status in {LIVE!r}")
VALID_DAYS = 365  # a charge may be paid after the due date: a debt is paid late rather than never
DYNAMIC = "D"  # behind the 25 characters of a static txid: a cobv wants 26 or more


class PixCharge(OfCompany, Base):
    """A cobv of an invoice, with what the bank was last told of it. Done or removed it makes way for another one."""

    __tablename__ = "pix_charge"

    id: Mapped[Id]
    invoice_id: Mapped[int]
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    account_edition: Mapped[int]
    txid: Mapped[str] = mapped_column(String(35), unique=True)
    status: Mapped[str] = mapped_column(String(10), default="requested")  # requested: a word to the bank is on its way
    code: Mapped[str] = mapped_column(String(300), default="")
    amount_cents: Mapped[Cents]
    due_on: Mapped[date]
    created_at: Mapped[datetime]
    registered_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["bank_account_id", "account_edition"], ["account_edition.bank_account_id", "account_edition.number"]
        ),
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

    @classmethod
    def request(cls, invoice: Invoice) -> None:
        """Have the bank told how this invoice stands: to be paid, changed, or not to be paid any more.

        A charge that was paid cannot be changed at a bank: for what is left there is a new one, by a txid of its own.
        """
        mine = select(cls).where(cls.invoice_id == invoice.id, cls.status.in_(LIVE))
        charge = db.session.scalars(mine).first()
        if charge is None:
            charge = cls(
                company_id=invoice.company_id,
                invoice_id=invoice.id,
                bank_account_id=invoice.bank_account_id,
                account_edition=invoice.account_edition,
                txid=new_txid() + DYNAMIC,
                amount_cents=invoice.open_cents,
                due_on=invoice.due_on,
                created_at=clock.now(),
            )
            db.session.add(charge)
        charge.status = "requested"
        db.session.flush()
        enqueue("request_pix", f"{charge.id}:{uuid4().hex}", {"charge_id": charge.id})


def without_pix(pix_key: str | None, on: date | None = None) -> Select[int]:
    """Open invoices that could have a charge at the bank of this key (None: of any) and have none that lives.

    A bank takes no due date that has passed by `on`: such an invoice keeps its static code.
    """
    rows = (
        select(Invoice.id)
        .join(AccountEdition, issued_with())
        .outerjoin(PixCharge, (PixCharge.invoice_id == Invoice.id) & PixCharge.status.in_(LIVE))
        .where(Invoice.status == "open", PixCharge.id.is_(None), AccountEdition.pix_key != "")
    )
    rows = rows if on is None else rows.where(Invoice.due_on >= on)
    return rows if pix_key is None else rows.where(AccountEdition.pix_key == pix_key)


def untold(pix_key: str | None) -> Select[int]:
    """Invoices the bank does not know, or knows otherwise than they are, whatever their due date."""
    either = or_(Invoice.id.in_(without_pix(pix_key)), Invoice.id.in_(with_stale_pix()))
    return select(Invoice.id).where(either)


def with_stale_pix() -> Select[int]:
    """Invoices the bank knows otherwise than they are: closed, partly paid, due on another day."""
    rest = Invoice.total_cents - Invoice.paid_cents
    moved = or_(Invoice.status != "open", PixCharge.due_on != Invoice.due_on, PixCharge.amount_cents != rest)
    return (
        select(Invoice.id)
        .join(PixCharge, PixCharge.invoice_id == Invoice.id)
        .where(PixCharge.status == "active", moved)
    )
