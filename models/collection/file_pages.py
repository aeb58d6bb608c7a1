"""What the pages about bank files and received Pix show, in a fixed number of questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.billing.invoice import INVOICE_STATUSES, Invoice
from models.billing.payment import FLAGS, Payment
from models.billing.replaced_slip import ReplacedSlip
from models.catalog import BankAccount
from models.collection.bank_file import OUTCOMES, BankFile, BankFileRecord, is_about_replaced_slip
from models.collection.pix_receipt import RECEIPT_OUTCOMES, PixReceipt
from models.keyset import By, Key, Keyset
from models.operators import Company
from models.people import Person
from models.wording import brl

SHOWN = 100
FILE_TONES = {"made": "ok", "read": "warn", "settling": "brand", "settled": "ok"}
RECEIPT_TONES = {"waiting": "neu", "settled": "ok", "divergent": "warn", "unknown": "warn"}


class FileRow(NamedTuple):
    """A file with the name of its account."""

    file: BankFile
    account: str

    @property
    def tone(self) -> str:
        return FILE_TONES[self.file.status]


class FoundFile(NamedTuple):
    """A file with its account."""

    file: BankFile
    account: BankAccount


class RecordRow(NamedTuple):
    """A line of a retorno beside the invoice it is about, or the slip that invoice had before."""

    record: BankFileRecord
    invoice: Invoice | None
    person: str | None
    company: Company | None
    flag: str | None
    replaced: ReplacedSlip | None
    taken_from: int | None  # the number of the invoice it had settled until the estorno

    @property
    def can_be_sent_again(self) -> bool:
        """The bank refused the boleto that the invoice still has."""
        refused = self.record.outcome == "rejected" and self.invoice is not None
        return refused and self.invoice is not None and self.invoice.refusal_to_send_again() is None


class ReceiptRow(NamedTuple):
    """A received Pix beside the invoice it was for."""

    receipt: PixReceipt
    invoice: Invoice | None
    person: str | None
    flag: str | None

    @property
    def tone(self) -> str:
        return "warn" if self.flag else RECEIPT_TONES[self.receipt.outcome]

    @property
    def came_by(self) -> str:
        return "avisado pelo banco" if self.receipt.told_by == "webhook" else "achado na conciliação"


@dataclass(frozen=True)
class Line:
    """A line of a retorno; `tone` and `words` say what will happen, or did."""

    row: RecordRow
    tone: str
    words: str
    note: str


class Result(NamedTuple):
    """A line of a retorno in plain values."""

    line: int
    nosso_numero: str
    occurrence: str
    number: int | None
    person: str
    due_on: date | None
    paid_cents: int
    bank_fee_cents: int
    occurred_on: date | None
    credited_on: date | None
    words: str
    note: str


@dataclass(frozen=True)
class Counts:
    """How many lines of a retorno stand where."""

    titles: int
    by_outcome: dict[str, int]

    def of(self, outcome: str) -> int:
        return self.by_outcome.get(outcome, 0)

    @property
    def to_settle(self) -> int:
        """The lines that say something of an invoice we know."""
        return self.titles - self.of("quarantine") - self.of("info")

    @property
    def done(self) -> int:
        return self.to_settle - self.of("waiting")


FILES = Keyset(By(BankFile.id, descending=True))
LINES = Keyset(By(BankFileRecord.line), By(BankFileRecord.id))
RECEIPTS = Keyset(By(PixReceipt.happened_at, descending=True), By(PixReceipt.id, descending=True))


def files(after: Key | None) -> list[FileRow]:
    """The files whoever acts may see, the latest first; one more than a page shows."""
    rows = select(BankFile, BankAccount.name).join(BankAccount, BankAccount.id == BankFile.bank_account_id)
    rows = FILES.page(rows.where(*BankFile.seen()), after, SHOWN)
    return [FileRow._make(row) for row in db.session.execute(rows)]


def find_file(id: int) -> FoundFile | None:
    """One of them."""
    rows = select(BankFile, BankAccount).join(BankAccount, BankAccount.id == BankFile.bank_account_id)
    found = db.session.execute(rows.where(BankFile.id == id, *BankFile.seen())).first()
    return FoundFile._make(found) if found else None


def find_record(id: int) -> BankFileRecord | None:
    """A line of one of them."""
    mine = select(BankFile.id).where(*BankFile.seen())
    return db.session.scalars(
        select(BankFileRecord).where(BankFileRecord.id == id, BankFileRecord.bank_file_id.in_(mine))
    ).first()


def counts(file: BankFile) -> Counts:
    """In the order of OUTCOMES."""
    rows = select(BankFileRecord.outcome, func.count()).where(BankFileRecord.bank_file_id == file.id)
    found: dict[str, int] = dict(db.session.execute(rows.group_by(BankFileRecord.outcome)).all())
    return Counts(file.titles, {outcome: found[outcome] for outcome in OUTCOMES if outcome in found})


def lines(file_id: int, outcome: str | None, after: Key | None) -> list[Line]:
    """Lines of a retorno as the bank told them, with their invoices; one more than a page shows."""
    rows = _lines(file_id)
    if outcome:
        rows = rows.where(BankFileRecord.outcome == outcome)
    found = db.session.execute(LINES.page(rows, after, SHOWN))
    return [Line(row, *_outcome_words(row)) for row in map(RecordRow._make, found)]


def results(file_id: int) -> Iterator[Result]:
    """Every line of a retorno, for a file."""
    for row in map(RecordRow._make, db.session.execute(LINES.page(_lines(file_id), None))):
        record, invoice, (_, words, note) = row.record, row.invoice, _outcome_words(row)
        yield Result(
            record.line,
            record.nosso_numero,
            record.occurrence,
            invoice.number if invoice else None,
            row.person or "",
            invoice.due_on if invoice else None,
            record.paid_cents,
            record.bank_fee_cents,
            record.occurred_on,
            record.credited_on,
            words,
            note,
        )


def _lines(file_id: int) -> Select[BankFileRecord, Invoice, str, Company, str, ReplacedSlip, int | None]:
    settled = aliased(Invoice)
    taken = select(func.max(settled.number)).join(Payment, Payment.invoice_id == settled.id)
    taken = taken.where(Payment.bank_file_record_id == BankFileRecord.id, Payment.reversed_at.is_not(None))
    return (
        select(
            BankFileRecord,
            Invoice,
            Person.name,
            Company,
            Payment.flag,
            ReplacedSlip,
            taken.correlate(BankFileRecord).scalar_subquery(),
        )
        .outerjoin(Invoice, Invoice.id == BankFileRecord.invoice_id)
        .outerjoin(Person, Person.id == Invoice.person_id)
        .outerjoin(Company, Company.id == Invoice.company_id)
        .outerjoin(Payment, (Payment.bank_file_record_id == BankFileRecord.id) & Payment.stands())
        .outerjoin(ReplacedSlip, is_about_replaced_slip())
        .where(BankFileRecord.bank_file_id == file_id)
    )


def receipts(outcome: str | None, after: Key | None) -> list[ReceiptRow]:
    """The received Pix whoever acts may see, the latest first; one more than a page shows."""
    rows = (
        select(PixReceipt, Invoice, Person.name, Payment.flag)
        .outerjoin(Invoice, Invoice.id == PixReceipt.invoice_id)
        .outerjoin(Person, Person.id == Invoice.person_id)
        .outerjoin(Payment, (Payment.e2e_id == PixReceipt.e2e_id) & Payment.stands())
        .where(*PixReceipt.seen())
    )
    if outcome:
        rows = rows.where(PixReceipt.outcome == outcome)
    return [ReceiptRow._make(row) for row in db.session.execute(RECEIPTS.page(rows, after, SHOWN))]


def find_receipt(id: int) -> PixReceipt | None:
    """One of them."""
    return db.session.scalars(select(PixReceipt).where(PixReceipt.id == id, *PixReceipt.seen())).first()


def receipt_counts() -> dict[str, int]:
    rows = select(PixReceipt.outcome, func.count().label("rows")).where(*PixReceipt.seen())
    rows = rows.group_by(PixReceipt.outcome)
    found = {row.outcome: int(row.rows) for row in db.session.execute(rows)}
    return {outcome: found.get(outcome, 0) for outcome in RECEIPT_OUTCOMES}


def _outcome_words(row: RecordRow) -> tuple[str, str, str]:
    """Tone, words and note of a line: what Processar will do with it, or what it became."""
    record, invoice = row.record, row.invoice
    if record.outcome == "quarantine" and row.taken_from:
        return "warn", "Estornada", f"Foi estornada da fatura {row.taken_from}: associe à fatura certa."
    if record.outcome == "quarantine":
        return "warn", OUTCOMES["quarantine"], "Nenhuma fatura desta conta tem este número e este valor."
    if record.outcome == "info":
        note = f"Ocorrência {record.occurrence} do banco: nada muda no Enlace. {record.reasons}"
        return "neu", OUTCOMES["info"], note.strip()
    if record.outcome != "waiting":
        tone = "bad" if record.outcome == "rejected" else "warn" if record.outcome == "twice" or row.flag else "ok"
        words = "Baixada em parte" if row.flag == "under" else OUTCOMES[record.outcome]
        return tone, words, FLAGS[row.flag or ""]
    if invoice is None or row.company is None:
        return "neu", OUTCOMES["waiting"], "Fatura de outra empresa."
    if record.meaning != "paid":
        tone = "bad" if record.meaning == "rejected" else "neu"
        return tone, OUTCOMES[record.meaning], ""
    return _payment_words(record, invoice)


def _payment_words(record: BankFileRecord, invoice: Invoice) -> tuple[str, str, str]:
    if invoice.status != "open":
        return "warn", f"Já está {INVOICE_STATUSES[invoice.status].lower()}", "O valor vira crédito do cliente."
    given = record.paid_cents + record.discount_cents
    owed = invoice.amount_due(record.occurred_on or clock.today(clock.ZONE))
    if given < owed.cents:
        return "warn", "Vai baixar em parte", f"Faltam {brl(owed.total_cents - given)}: a fatura continua aberta."
    if given < owed.total_cents:
        return "warn", "Vai baixar", f"Sem {brl(owed.total_cents - given)} de multa e juros."
    if record.paid_cents > owed.total_cents:
        return "warn", "Vai baixar", f"{brl(record.paid_cents - owed.total_cents)} a mais viram crédito do cliente."
    return "ok", "Vai baixar", ""
