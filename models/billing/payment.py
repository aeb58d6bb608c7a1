"""Payments: money that came in for an invoice or a charge, once, with what it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Cents, Id
from models.refused import Refused
from models.scope import OfCompany, who
from models.wording import brl, day, tidy

PAID_BY = {"counter": "Balcão", "boleto": "Boleto", "pix": "Pix", "credit": "Crédito"}
# How somebody paid at the counter. Empty: of a payment by other means, or of the days before it was asked.
PAID_WITH = {
    "cash": "Dinheiro",
    "debit": "Cartão de débito",
    "credit_card": "Cartão de crédito",
    "pix": "Pix na maquininha",
    "transfer": "Pix ou transferência na conta",
    "cheque": "Cheque",
}
MOST_CHANGE = 100_000  # centavos: above it a zero too many was typed
STANDS = text("reversed_at is null")
FLAGS = {
    "": "",
    "under": "Pago a menor",
    "over": "Pago a maior",
    "twice": "Pago em duplicidade",
    "closed": "Pago depois de encerrada",
    "late_short": "Sem multa e juros",
}


class Payment(OfCompany, Base):
    __tablename__ = "payment"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invoice_id: Mapped[int | None]
    charge_id: Mapped[int | None]
    means: Mapped[str] = mapped_column(String(10))
    paid_with: Mapped[str] = mapped_column(String(12), default="")  # at the counter
    given_cents: Mapped[int | None] = mapped_column(BigInteger)  # in cash, over the counter; what is more is change
    paid_on: Mapped[date]
    credited_on: Mapped[date | None]
    amount_cents: Mapped[Cents]  # what came in
    principal_cents: Mapped[Cents]  # of it, what settles the invoice; a discount settles too
    fine_cents: Mapped[Cents] = mapped_column(default=0)
    interest_cents: Mapped[Cents] = mapped_column(default=0)
    discount_cents: Mapped[Cents] = mapped_column(default=0)
    credit_cents: Mapped[Cents] = mapped_column(default=0)  # what is the customer's: too much, or twice
    bank_fee_cents: Mapped[Cents] = mapped_column(default=0)
    returned_cents: Mapped[Cents] = mapped_column(default=0)  # taken back by the bank since; an estorno decides
    flag: Mapped[str] = mapped_column(String(10), default="")
    e2e_id: Mapped[str | None] = mapped_column(String(32))
    bank_file_record_id: Mapped[int | None] = mapped_column(ForeignKey("bank_file_record.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    received_by: Mapped[str] = mapped_column(String(120))
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))  # of them, when it was an operator
    created_at: Mapped[datetime]
    reversed_at: Mapped[datetime | None]  # it was taken back: the estorno says by whom and why

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        ForeignKeyConstraint(["company_id", "invoice_id"], ["invoice.company_id", "invoice.id"]),
        ForeignKeyConstraint(["company_id", "charge_id"], ["charge.company_id", "charge.id"]),
        CheckConstraint("(invoice_id is null) <> (charge_id is null)", name="for_one_thing"),
        CheckConstraint("means in ('counter','boleto','pix','credit')", name="means"),
        CheckConstraint(f"paid_with in {('', *PAID_WITH)!r}", name="paid_with"),
        CheckConstraint("means = 'counter' or paid_with = ''", name="counter"),
        CheckConstraint(
            "given_cents is null or (paid_with = 'cash' and given_cents >= amount_cents)", name="given_cents"
        ),
        CheckConstraint(f"flag in {tuple(FLAGS)!r}", name="flag"),
        CheckConstraint("amount_cents > 0", name="amount_cents"),
        CheckConstraint(
            "amount_cents = principal_cents - discount_cents + fine_cents + interest_cents + credit_cents", name="sum"
        ),
        # What was taken back may come again, tied to what it was really for.
        Index("uq_payment_e2e_id", "e2e_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index(
            "uq_payment_bank_file_record_id",
            "bank_file_record_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_payment_invoice_id", "invoice_id"),
        Index("ix_payment_charge_id", "charge_id"),
        Index("ix_payment_paid_on", "paid_on"),
    )

    @property
    def label(self) -> str:
        return f"pagamento {self.id}"

    @property
    def means_words(self) -> str:
        """'Boleto'; of the counter also with what: 'Balcão, em dinheiro'."""
        with_ = f", {PAID_WITH[self.paid_with].lower()}" if self.paid_with else ""
        return f"{PAID_BY[self.means]}{with_}".replace("pix", "Pix")

    @property
    def change_cents(self) -> int:
        """Troco: what of the cash that was handed over went back."""
        return self.given_cents - self.amount_cents if self.given_cents is not None else 0

    @classmethod
    def stands(cls) -> ColumnElement[bool]:
        """Where a payment was not taken back."""
        return cls.reversed_at.is_(None)

    @classmethod
    def is_money(cls) -> ColumnElement[bool]:
        """Where money came in with it and stayed: credit that was used had come in before."""
        return cls.stands() & (cls.means != "credit")

    @classmethod
    def of(cls, receipt: Receipt, company_id: int, person_id: int, **parts: Any) -> Payment:
        """A payment of somebody, by whoever acts, not added yet. `parts`: what it is for and how it is shared out."""
        actor = who().actor
        shared = {"principal_cents": 0, "discount_cents": receipt.discount_cents, **parts}
        return cls(
            company_id=company_id,
            person_id=person_id,
            means=receipt.means,
            paid_with=receipt.paid_with,
            given_cents=receipt.given_cents,
            paid_on=receipt.paid_on,
            credited_on=receipt.credited_on,
            amount_cents=receipt.amount_cents,
            bank_fee_cents=receipt.bank_fee_cents,
            e2e_id=receipt.e2e_id,
            bank_file_record_id=receipt.bank_file_record_id,
            note=tidy(receipt.note),
            received_by=actor.name,
            operator_id=actor.id if actor.kind == "operator" else None,
            created_at=clock.now(),
            **shared,
        )


@dataclass(frozen=True)
class Receipt:
    """Money as somebody reports it: the counter, a retorno, a Pix."""

    means: str
    amount_cents: int
    paid_on: date
    credited_on: date | None = None
    discount_cents: int = 0
    bank_fee_cents: int = 0
    e2e_id: str | None = None
    bank_file_record_id: int | None = None
    note: str = ""
    paid_with: str = ""
    given_cents: int | None = None


@dataclass(frozen=True)
class Handed:
    """How it was handed over the counter: with what, in cash how much was given, and the cash desk that was shown.

    `desk_id` 0: the page showed none.
    """

    paid_with: str = "cash"
    given_cents: int | None = None
    desk_id: int = 0

    def errors(self, amount_cents: int | None) -> dict[str, str]:
        """What is wrong with it, by field; the change is what was given beyond the amount received."""
        if self.paid_with not in PAID_WITH:
            return {"paid_with": "Escolha como o cliente pagou."}
        if self.given_cents is None or self.paid_with != "cash":
            return {}
        short = (amount_cents or 0) - self.given_cents
        if short > 0:
            words = f"Faltam {brl(short)} para o valor recebido. Confira o que o cliente entregou."
            return {"given_cents": words}
        if -short > MOST_CHANGE:
            return {"given_cents": f"O troco seria de {brl(-short)}. Confira o que o cliente entregou."}
        return {}

    def receipt(self, amount_cents: int, paid_on: date, discount_cents: int = 0) -> Receipt:
        """What the counter reports of it."""
        given = self.given_cents if self.paid_with == "cash" else None
        return Receipt(
            "counter",
            amount_cents,
            paid_on,
            paid_on,
            discount_cents,
            paid_with=self.paid_with,
            given_cents=given,
        )


def received_on(paid_on: date | None, today: date, first: date, since: str) -> date:
    """The day of a payment at the counter, from the `first` on that it may be of; `today` as it is at its company.

    `since` says what happened on the first day, "A fatura foi emitida". Raises Refused for none, for one to come and
    for a slip of the keyboard.
    """
    if paid_on is None:
        raise Refused("Escolha o dia em que recebeu.", field="paid_on")
    if paid_on > today:
        raise Refused("O dia do recebimento ainda não chegou. Escolha hoje ou antes.", field="paid_on")
    if paid_on.year < 2000:
        raise Refused("Confira o ano do recebimento.", field="paid_on")
    if paid_on < first:
        raise Refused(f"{since} em {day(first)}. Escolha esse dia ou depois.", field="paid_on")
    return paid_on
