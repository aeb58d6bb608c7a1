"""Files exchanged with a bank: remessa out, retorno in. The same file twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, aliased, deferred, mapped_column

from models import clock
from models.base import Base, Cents, Id, changed, db, lock
from models.billing import Invoice, Payment, Receipt, ReplacedSlip
from models.catalog import BankAccount
from models.collection.whose_money import refusal_of_another
from models.history import track
from models.outbox import enqueue
from models.refused import Refused, Stale, require
from models.scope import OfCompany, OfOneCompany, who
from models.wording import tidy

DIRECTIONS = {"outgoing": "Remessa", "return": "Retorno"}
FILE_STATUSES = {
    "made": "Gerada",
    "read": "A conferir",
    "settling": "Processando",
    "settled": "Processado",
}
OUTCOMES = {
    "waiting": "A processar",
    "settled": "Baixada",
    "registered": "Registrado no banco",
    "rejected": "Recusado pelo banco",
    "closed": "Baixado no banco",
    "quarantine": "Título desconhecido",
    "twice": "Já estava encerrada",
    "info": "Só informação",
    "unread": "Não se entende",
}
WAITS = text("outcome = 'quarantine'")  # for a person
# Why the money of a line whose invoice may be known waits for a person all the same.
DOUBTS = {
    "": "",
    "no_payment": "O banco não chama isto de pagamento, mas a linha traz dinheiro: associe à fatura.",
    "early": "O dia do pagamento é anterior à emissão da fatura. Confira no extrato e associe à fatura certa.",
    "repeated": (
        "Outro retorno trouxe este título, com o mesmo dia e valor. Confira no extrato: se entrou duas vezes, associe; "
        "se é o mesmo dinheiro, deixe sem baixa."
    ),
}
OF_THE_ACCOUNT = {"every_company": "an account may serve companies other than the one somebody works in"}


class BankFile(OfOneCompany, Base):
    """A file of an account. It belongs to the company somebody worked in who made or brought it."""

    __tablename__ = "bank_file"

    id: Mapped[Id]
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    direction: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    layout: Mapped[str] = mapped_column(String(10))
    sequence: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    titles: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[Cents] = mapped_column(default=0)
    brought_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("company_id", "id"),
        UniqueConstraint("bank_account_id", "direction", "sha256", name="uq_bank_file_once"),
        CheckConstraint("direction in ('outgoing','return')", name="direction"),
        CheckConstraint("layout in ('cnab240','cnab400')", name="layout"),
        CheckConstraint(f"status in {tuple(FILE_STATUSES)!r}", name="status"),
    )

    @property
    def label(self) -> str:
        return f"{DIRECTIONS[self.direction].lower()} {self.name}"

    @property
    def is_settling(self) -> bool:
        return self.status == "settling"

    def refusal_to_settle(self) -> str | None:
        """Why this file may not be processed now."""
        if self.direction != "return":
            return "Uma remessa não se processa: ela é enviada no site do banco."
        if self.is_settling:
            return "Este retorno está sendo processado. Não é preciso mandar de novo."
        return None if self.status == "read" else "Este retorno não tem mais nada a processar."

    def settle(self) -> None:
        """Processar: the worker settles line after line. Raises Refused, Stale when somebody was faster."""
        require(self.refusal_to_settle())
        taken = update(BankFile).where(BankFile.id == self.id, BankFile.status == "read").values(status="settling")
        if not changed(taken):
            raise Stale("Outra pessoa acabou de mandar processar este retorno.")
        self.settle_after(0, uuid4().hex, who().actor.name)

    def settle_after(self, line: int, run: str, by: str) -> None:
        """Have the lines after this one settled, for whoever asked: some at a time, so that other tasks do not wait
        for a long file.
        """
        work = {"file_id": self.id, "run": run, "after": line, "by": by}
        enqueue("settle_file", f"{self.id}:{run}:{line}", work)

    def waiting(self, after: int, limit: int) -> list[tuple[int, int]]:
        """The next lines still to be settled: (id, line)."""
        rows = select(BankFileRecord.id, BankFileRecord.line).where(
            BankFileRecord.bank_file_id == self.id, BankFileRecord.outcome == "waiting", BankFileRecord.line > after
        )
        return [(row.id, row.line) for row in db.session.execute(rows.order_by(BankFileRecord.line).limit(limit))]

    def finish(self) -> None:
        """It is settled; or a person may ask again, when some line did not go through."""
        lock(self)
        if self.waiting(0, 1):
            self.status = "read"
            return
        self.status, self.settled_at = "settled", clock.now()
        money = select(func.count()).where(
            BankFileRecord.bank_file_id == self.id, BankFileRecord.outcome.in_(("settled", "twice"))
        )
        settled = db.session.scalar(money)
        track("bank_file.settled", self, company_id=self.company_id, name=self.name, settled=settled)


class BankFileRecord(OfCompany, Base):
    """A title in a retorno, as the bank told it."""

    __tablename__ = "bank_file_record"

    id: Mapped[Id]
    bank_file_id: Mapped[int]
    line: Mapped[int]
    nosso_numero: Mapped[str] = mapped_column(String(25))
    sequence: Mapped[int | None]  # in it, the number that we reserved; and its year, where each counts anew
    year: Mapped[int | None]
    our_number: Mapped[str] = mapped_column(String(30), default="")
    occurrence: Mapped[str] = mapped_column(String(4))
    meaning: Mapped[str] = mapped_column(String(12))
    paid_cents: Mapped[Cents] = mapped_column(default=0)
    discount_cents: Mapped[Cents] = mapped_column(default=0)
    bank_fee_cents: Mapped[Cents] = mapped_column(default=0)
    occurred_on: Mapped[date | None]
    credited_on: Mapped[date | None]
    reasons: Mapped[str] = mapped_column(String(200), default="")
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))  # of any company the account serves
    outcome: Mapped[str] = mapped_column(String(12), default="waiting")
    doubt: Mapped[str] = mapped_column(String(12), default="")

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "bank_file_id"], ["bank_file.company_id", "bank_file.id"]),
        UniqueConstraint("bank_file_id", "line"),
        CheckConstraint(f"outcome in {tuple(OUTCOMES)!r}", name="outcome"),
        CheckConstraint(f"doubt in {tuple(DOUBTS)!r}", name="doubt"),
        Index("ix_bank_file_record_invoice_id", "invoice_id"),
        Index("ix_bank_file_record_quarantine", "bank_file_id", sqlite_where=WAITS, postgresql_where=WAITS),
    )

    @property
    def label(self) -> str:
        return f"linha {self.line} do retorno"

    @property
    def brings_money(self) -> bool:
        return self.meaning == "paid" and self.paid_cents > 0

    def settle(self) -> bool:
        """Do what it says, once: money settles its invoice, any other word is about the slip of that number alone.

        Money in doubt (DOUBTS) goes to quarantine instead. False when it was done before.
        """
        lock(self)
        if self.outcome != "waiting":
            return False
        invoice = db.session.get_one(Invoice, self.invoice_id).hold()
        if self.meaning == "paid" and (doubt := self._doubt(invoice)):
            self.outcome, self.doubt = "quarantine", doubt
        elif self.meaning == "paid":
            self._pay(invoice)
        elif slip := self._slip(invoice):
            slip.follow_bank(self.meaning)
            self.outcome = self.meaning
        else:
            self.outcome, self.reasons = "info", "o nosso número não é desta fatura"
        return True

    def refusal_to_tie(self) -> str | None:
        """Money that nobody settled may be tied, also what somebody left without a settlement."""
        if self.outcome == "quarantine" or (self.outcome == "info" and self.brings_money):
            return None
        return "Já foi dito de qual fatura é este título."

    def tie(self, number: int | None) -> None:
        """Associar: a person says which invoice the money of a title is for, whatever was in doubt.

        Money of a day before that invoice counts as of the day of its issue. Raises Refused with the field at fault.
        """
        lock(self)
        if refusal := self.refusal_to_tie():
            raise Stale(refusal)
        invoice = db.session.scalars(select(Invoice).where(Invoice.number == number)).first()
        if invoice is None:
            raise Refused("Não há fatura com este número. Confira o número na fatura do cliente.", field="number")
        if refusal := refusal_of_another(self.money_of(), invoice):
            raise Refused(refusal, field="number")
        self.invoice_id, self.outcome = invoice.id, "waiting"
        if self.brings_money:
            self._pay(invoice.hold())
        else:
            self.settle()

    def refusal_to_set_aside(self) -> str | None:
        return None if self.outcome == "quarantine" else "Só fica sem baixa o que espera por alguém."

    def set_aside(self, reason: str) -> None:
        """Deixar sem baixa: it is no money of ours, or the same as another line's. `tie` undoes it.

        Raises Refused without a reason, Stale when somebody was faster.
        """
        lock(self)
        if refusal := self.refusal_to_set_aside():
            raise Stale(refusal)
        why = tidy(reason)
        if not why:
            raise Refused("Escreva o motivo. Exemplo: é o mesmo dinheiro do retorno de ontem.", field="reason")
        if len(why) > 200:
            raise Refused("Use no máximo 200 caracteres.", field="reason")
        self.outcome, self.reasons = "info", why
        track(
            "bank_file.set_aside",
            self,
            company_id=self.company_id,
            line=self.line,
            amount_cents=self.paid_cents,
            reason=why,
        )

    def untie(self) -> None:
        """Its payment was taken back: it waits in quarantine, to be tied to what it was for."""
        self.invoice_id, self.outcome = None, "quarantine"

    def repeats(self) -> bool:
        """Whether another file brought the money of the same title, of the same day and amount."""
        return self.brings_money and bool(brought_elsewhere(self.bank_file_id, self.id))

    def receipt(self) -> Receipt:
        """The money it tells of; a bank without a day means its own today, in Brasília."""
        return Receipt(
            "boleto",
            self.paid_cents,
            self.occurred_on or clock.today(clock.ZONE),
            self.credited_on,
            self.discount_cents,
            self.bank_fee_cents,
            bank_file_record_id=self.id,
        )

    def _pay(self, invoice: Invoice) -> None:
        """Settle the invoice, which is held."""
        receipt = self.receipt()
        if is_early(self, invoice.issued_on):
            receipt = replace(receipt, paid_on=max(receipt.paid_on, invoice.issued_on), credited_on=None)
        payment = invoice.settle(receipt)
        if slip := self._slip(invoice):
            slip.follow_bank("paid")
        self.outcome = "twice" if payment.flag in ("twice", "closed") else "settled"

    def _doubt(self, invoice: Invoice) -> str:
        """Why this money must not settle by itself, the invoice being held: another file may tell the same now."""
        if is_early(self, invoice.issued_on):
            return "early"
        return "repeated" if self.repeats() else ""

    def money_of(self) -> int:
        """The company of the account it came to, TODAS for one of all."""
        account = select(BankAccount.company_id).join(BankFile, BankFile.bank_account_id == BankAccount.id)
        found = db.session.scalars(account.where(BankFile.id == self.bank_file_id), execution_options=OF_THE_ACCOUNT)
        return found.one()

    def _slip(self, invoice: Invoice) -> Invoice | ReplacedSlip | None:
        """Which slip of its invoice it is about; None when a person or our number alone said whose it is."""
        if self.sequence is None:
            return None
        if self.sequence == invoice.nosso_numero and self.year in (None, invoice.issued_year):
            return invoice
        old = select(ReplacedSlip).join(BankFileRecord, is_about_replaced_slip()).where(BankFileRecord.id == self.id)
        return db.session.scalars(old.with_for_update(of=ReplacedSlip)).first()


def is_early(told: BankFileRecord | Any, issued_on: date) -> bool:
    """Whether a line tells of a day no payment of an invoice can have: one before its issue."""
    return any(on is not None and on < issued_on for on in (told.occurred_on, told.credited_on))


def brought_elsewhere(file_id: int, record_id: int | None = None) -> set[int]:
    """Which lines of a file, or whether this one, bring money that another file of the account brought too: the same
    title, day and amount. A line whose payment was taken back has still been said; the very same file comes in once.
    """
    mine, other, from_ = aliased(BankFileRecord), BankFileRecord, aliased(BankFile)
    account = select(BankFile.bank_account_id).where(BankFile.id == file_id)
    taken_back = select(Payment.bank_file_record_id).where(
        Payment.reversed_at.is_not(None), Payment.bank_file_record_id == other.id
    )
    same = (
        select(other.id)
        .join(from_, from_.id == other.bank_file_id)
        .where(from_.bank_account_id == account.scalar_subquery(), other.bank_file_id != file_id)
        .where(other.nosso_numero == mine.nosso_numero, other.nosso_numero != "", other.paid_cents == mine.paid_cents)
        .where(other.occurred_on.is_not_distinct_from(mine.occurred_on))
        .where(or_(other.outcome.in_(("settled", "twice")), taken_back.exists()))
    )
    rows = select(mine.id).where(mine.bank_file_id == file_id, mine.meaning == "paid", same.exists())
    if record_id is not None:
        rows = rows.where(mine.id == record_id)
    return set(db.session.scalars(rows, execution_options=OF_THE_ACCOUNT))


def is_about_replaced_slip() -> ColumnElement[bool]:
    """Where a replaced slip is what a line of a retorno (BankFileRecord) is about."""
    return and_(
        ReplacedSlip.invoice_id == BankFileRecord.invoice_id,
        ReplacedSlip.nosso_numero == BankFileRecord.sequence,
        or_(BankFileRecord.year.is_(None), BankFileRecord.year == ReplacedSlip.issued_year),
    )
