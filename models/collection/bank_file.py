"""Files exchanged with a bank: remessa out, retorno in. The same file twice changes nothing."""

from __future__ import annotations

from datetime import date, datetime
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
    update,
)
from sqlalchemy.orm import Mapped, aliased, deferred, mapped_column

from models import clock
from models.base import Base, Cents, Id, changed, db, lock
from models.billing import Invoice, Payment, Receipt, ReplacedSlip
from models.history import track
from models.outbox import enqueue
from models.refused import Refused, Stale, require
from models.scope import OfCompany, OfOneCompany, who

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
ELSEWHERE = "já baixado por outro retorno"
NOT_A_PAYMENT = "O banco não chama isto de pagamento, mas a linha traz dinheiro: associe à fatura."
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

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "bank_file_id"], ["bank_file.company_id", "bank_file.id"]),
        UniqueConstraint("bank_file_id", "line"),
        CheckConstraint(f"outcome in {tuple(OUTCOMES)!r}", name="outcome"),
        Index("ix_bank_file_record_invoice_id", "invoice_id"),
    )

    def settle(self) -> bool:
        """Do what it says, once: money settles its invoice, any other word is about the slip of that number alone.

        False when it was done before.
        """
        lock(self)
        if self.outcome != "waiting":
            return False
        invoice = db.session.get_one(Invoice, self.invoice_id).hold()
        if self.meaning == "paid":
            self._pay(invoice)
        elif slip := self._slip(invoice):
            slip.follow_bank(self.meaning)
            self.outcome = self.meaning
        else:
            self.outcome, self.reasons = "info", "o nosso número não é desta fatura"
        return True

    def refusal_to_tie(self) -> str | None:
        return None if self.outcome == "quarantine" else "Já foi dito de qual fatura é este título."

    def tie(self, number: int | None) -> None:
        """Associar: a person says which invoice a title in quarantine is. Raises Refused with the field at fault."""
        lock(self)
        if refusal := self.refusal_to_tie():
            raise Stale(refusal)
        invoice = db.session.scalars(select(Invoice).where(Invoice.number == number)).first()
        if invoice is None:
            raise Refused("Não há fatura com este número. Confira o número na fatura do cliente.", field="number")
        self.invoice_id, self.outcome = invoice.id, "waiting"
        self.settle()

    def untie(self) -> None:
        """Its payment was taken back: it waits in quarantine, to be tied to what it was for."""
        self.invoice_id, self.outcome = None, "quarantine"

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
        """Settle the invoice, which is held: another file may be telling the same at this moment."""
        if settled_elsewhere(self.bank_file_id, self.id):
            self.outcome, self.reasons = "info", ELSEWHERE
            return
        payment = invoice.settle(self.receipt())
        if slip := self._slip(invoice):
            slip.follow_bank("paid")
        self.outcome = "twice" if payment.flag in ("twice", "closed") else "settled"

    def _slip(self, invoice: Invoice) -> Invoice | ReplacedSlip | None:
        """Which slip of its invoice it is about; None when a person or our number alone said whose it is."""
        if self.sequence is None:
            return None
        if self.sequence == invoice.nosso_numero and self.year in (None, invoice.issued_year):
            return invoice
        old = select(ReplacedSlip).join(BankFileRecord, is_about_replaced_slip()).where(BankFileRecord.id == self.id)
        return db.session.scalars(old.with_for_update(of=ReplacedSlip)).first()


def settled_elsewhere(file_id: int, record_id: int | None = None) -> set[int]:
    """Which lines of a file, or whether this one, say what another file said: banks repeat themselves, by period and
    by day. A line whose payment was taken back has still been said.
    """
    mine, other, from_ = aliased(BankFileRecord), BankFileRecord, aliased(BankFile)
    account = select(BankFile.bank_account_id).where(BankFile.id == file_id)
    taken_back = select(Payment.bank_file_record_id).where(
        Payment.invoice_id == mine.invoice_id,
        Payment.reversed_at.is_not(None),
        Payment.bank_file_record_id.is_not(None),
    )
    paid = and_(other.invoice_id == mine.invoice_id, other.outcome.in_(("settled", "twice")))
    same = (
        select(other.id)
        .join(from_, from_.id == other.bank_file_id)
        .where(from_.bank_account_id == account.scalar_subquery(), other.bank_file_id != file_id)
        .where(other.nosso_numero == mine.nosso_numero, other.occurrence == mine.occurrence)
        .where(other.occurred_on == mine.occurred_on, other.paid_cents == mine.paid_cents)
        .where(or_(paid, other.id.in_(taken_back.correlate(mine))))
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
