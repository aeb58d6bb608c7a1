"""What the pages about bank files and received Pix show, in a fixed number of questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from models import banking
from models.base import db
from models.billing.invoice import INVOICE_STATUSES, Invoice
from models.billing.payment import FLAGS, Payment
from models.billing.replaced_slip import ReplacedSlip
from models.billing.settlement import share_out
from models.catalog import BankAccount
from models.collection.bank_file import (
    DOUBTS,
    OUTCOMES,
    BankFile,
    BankFileRecord,
    brought_elsewhere,
    is_about_replaced_slip,
    is_early,
)
from models.collection.pix_receipt import RECEIPT_OUTCOMES, PixReceipt
from models.keyset import By, Key, Keyset
from models.operators import Company
from models.people import Person
from models.wording import brl

SHOWN = 100
ASKED = "Alguém decide"  # money in doubt
FILE_TONES = {"made": "ok", "read": "warn", "settling": "brand", "settled": "ok"}
RECEIPT_TONES = {"waiting": "neu", "settled": "ok", "divergent": "warn", "unknown": "warn", "returned": "neu"}


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
    payment: Payment | None
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
    payment_id: int | None  # what it settled, as long as that stands
    taken_from: int | None  # the number of the invoice it had settled until the estorno

    @property
    def asks_for_estorno(self) -> bool:
        """The bank gave it back after it had settled."""
        return self.receipt.outcome == "returned" and self.payment_id is not None

    @property
    def tone(self) -> str:
        warns = self.flag or self.asks_for_estorno
        return "warn" if warns else RECEIPT_TONES[self.receipt.outcome]

    @property
    def about(self) -> str:
        """The invoice it is about and whose it is: '24, de José Ferreira'."""
        return f"{self.invoice.number}, de {self.person}" if self.invoice else "nenhuma"

    @property
    def why(self) -> str:
        """Why it waits for a person; empty when it does not."""
        return self.receipt.why_it_waits(self.invoice, self.taken_from)

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
        return self.titles - self.of("quarantine") - self.of("info") - self.of("unread")

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
    rows = _lines()
    if outcome:
        rows = rows.where(BankFileRecord.outcome == outcome)
    found = db.session.execute(LINES.page(rows, after, SHOWN), {"file_id": file_id})
    preview = Preview.of(file_id)
    return [Line(row, *_outcome_words(row, preview)) for row in map(RecordRow._make, found)]


def results(file_id: int) -> Iterator[Result]:
    """Every line of a retorno, for a file."""
    preview = Preview.of(file_id)
    for row in map(RecordRow._make, db.session.execute(LINES.page(_lines(), None), {"file_id": file_id})):
        record, invoice, (_, words, note) = row.record, row.invoice, _outcome_words(row, preview)
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


@cache
def _lines() -> Select[BankFileRecord, Invoice, str, Company, Payment, ReplacedSlip, int | None]:
    settled = aliased(Invoice)
    taken = select(func.max(settled.number)).join(Payment, Payment.invoice_id == settled.id)
    taken = taken.where(Payment.bank_file_record_id == BankFileRecord.id, Payment.reversed_at.is_not(None))
    return (
        select(
            BankFileRecord,
            Invoice,
            Person.name,
            Company,
            Payment,
            ReplacedSlip,
            taken.correlate(BankFileRecord).scalar_subquery(),
        )
        .outerjoin(Invoice, Invoice.id == BankFileRecord.invoice_id)
        .outerjoin(Person, Person.id == Invoice.person_id)
        .outerjoin(Company, Company.id == Invoice.company_id)
        .outerjoin(Payment, (Payment.bank_file_record_id == BankFileRecord.id) & Payment.stands())
        .outerjoin(ReplacedSlip, is_about_replaced_slip())
        .where(BankFileRecord.bank_file_id == bindparam("file_id"))
    )


def receipts(outcome: str | None, after: Key | None) -> list[ReceiptRow]:
    """The received Pix whoever acts may see, the latest first; one more than a page shows."""
    rows = _receipts().where(*PixReceipt.seen())
    if outcome:
        rows = rows.where(PixReceipt.outcome == outcome)
    return [ReceiptRow._make(row) for row in db.session.execute(RECEIPTS.page(rows, after, SHOWN))]


def find_receipt(id: int) -> ReceiptRow | None:
    """One of them."""
    row = db.session.execute(_receipts().where(PixReceipt.id == id, *PixReceipt.seen())).first()
    return ReceiptRow._make(row) if row else None


@cache  # of everybody: whose rows somebody sees is said by each caller
def _receipts() -> Select[*tuple[Any, ...]]:
    settled = aliased(Invoice)
    taken = select(func.max(settled.number)).join(Payment, Payment.invoice_id == settled.id)
    taken = taken.where(Payment.e2e_id == PixReceipt.e2e_id, Payment.reversed_at.is_not(None))
    return (
        select(
            PixReceipt, Invoice, Person.name, Payment.flag, Payment.id, taken.correlate(PixReceipt).scalar_subquery()
        )
        .outerjoin(Invoice, Invoice.id == PixReceipt.invoice_id)
        .outerjoin(Person, Person.id == Invoice.person_id)
        .outerjoin(Payment, (Payment.e2e_id == PixReceipt.e2e_id) & Payment.stands())
    )


def receipt_counts() -> dict[str, int]:
    rows = select(PixReceipt.outcome, func.count().label("rows")).where(*PixReceipt.seen())
    rows = rows.group_by(PixReceipt.outcome)
    found = {row.outcome: int(row.rows) for row in db.session.execute(rows)}
    return {outcome: found.get(outcome, 0) for outcome in RECEIPT_OUTCOMES}


@dataclass(frozen=True)
class Preview:
    """What settling will make of the lines that wait, by the very functions that settle; two questions a file."""

    elsewhere: set[int]  # lines that bring what another file brought
    waiting: dict[int, list[BankFileRecord]]  # money that waits, by invoice, in the order of the lines

    @classmethod
    def of(cls, file_id: int) -> Preview:
        rows = select(BankFileRecord).where(
            BankFileRecord.bank_file_id == file_id,
            BankFileRecord.outcome == "waiting",
            BankFileRecord.meaning == "paid",
        )
        waiting: dict[int, list[BankFileRecord]] = {}
        for record in db.session.scalars(rows.order_by(BankFileRecord.line)):
            waiting.setdefault(record.invoice_id or 0, []).append(record)
        return cls(brought_elsewhere(file_id) if waiting else set(), waiting)

    def shares(self, record: BankFileRecord, invoice: Invoice) -> tuple[dict[str, Any], str, int]:
        """How the money of a line will be shared out, after the lines before it; the status and rest it then finds."""
        status, rest, parts = invoice.status, invoice.open_cents, dict[str, Any]()
        for each in self.waiting.get(invoice.id, [record]):
            if each.id != record.id and (each.id in self.elsewhere or is_early(each, invoice.issued_on)):
                continue
            parts = share_out(status, rest, invoice.due_on, each.receipt(), invoice.late_terms)
            if each.id == record.id:
                break
            rest -= parts.get("principal_cents", 0)
            status = "paid" if status == "open" and not rest else status
        return parts, status, rest


def _outcome_words(row: RecordRow, preview: Preview) -> tuple[str, str, str]:
    """Tone, words and note of a line: what Processar will do with it, or what it became."""
    record, invoice = row.record, row.invoice
    if record.outcome == "quarantine" and row.taken_from:
        return "warn", "Estornada", f"Foi estornada da fatura {row.taken_from}: associe à fatura certa."
    if record.outcome == "unread":
        return "bad", OUTCOMES["unread"], record.reasons
    if record.outcome == "quarantine" and record.doubt:
        words = OUTCOMES["quarantine"] if record.doubt == "no_payment" else ASKED
        return "warn", words, f"Ocorrência {record.occurrence}. {DOUBTS[record.doubt]}"
    if record.outcome == "quarantine":
        return "warn", OUTCOMES["quarantine"], "Nenhuma fatura desta conta tem este nosso número e este valor."
    if record.outcome == "info" and record.brings_money:
        return "neu", "Sem baixa", f"Nada mudou no Enlace: {record.reasons}"
    if record.outcome == "info":
        note = f"Ocorrência {record.occurrence} do banco: nada muda no Enlace. {record.reasons}"
        return "neu", OUTCOMES["info"], note.strip()
    if record.outcome != "waiting":
        return _settled_words(row)
    if invoice is None or row.company is None:
        return "neu", OUTCOMES["waiting"], "Fatura de outra empresa."
    if record.meaning != "paid":
        return _told_words(record, record.meaning)
    if is_early(record, invoice.issued_on):
        return "warn", ASKED, DOUBTS["early"]
    if record.id in preview.elsewhere:
        return "warn", ASKED, DOUBTS["repeated"]
    return _payment_words(record, invoice, preview)


def _payment_words(record: BankFileRecord, invoice: Invoice, preview: Preview) -> tuple[str, str, str]:
    """What the money of a line that waits will do."""
    parts, status, rest = preview.shares(record, invoice)
    if status != "open":
        already = "Já estará paga por outra linha" if invoice.status == "open" else _already("está", invoice.status)
        return "warn", already, f"{FLAGS[parts['flag']]}: {brl(parts['credit_cents'])} viram crédito do cliente."
    owed = banking.amount_due(rest, invoice.due_on, record.receipt().paid_on, invoice.late_terms)
    missing = owed.total_cents - record.paid_cents - parts["discount_cents"]
    return _money_words("Vai baixar", parts["flag"], missing, f"{brl(parts['credit_cents'])} a mais viram")


def _settled_words(row: RecordRow) -> tuple[str, str, str]:
    """What a line that was settled did, in the words in which it was announced."""
    record, invoice, payment = row.record, row.invoice, row.payment
    if payment is None or invoice is None:
        return _told_words(record, record.outcome)
    credit = brl(payment.credit_cents)
    if payment.flag in ("twice", "closed"):
        was = _already("estava", "paid") if payment.flag == "twice" else OUTCOMES["twice"]
        return "warn", was, f"{FLAGS[payment.flag]}: {credit} viraram crédito do cliente."
    terms, missing = invoice.late_terms, 0
    if payment.flag == "under":
        missing = invoice.amount_due(payment.paid_on).total_cents
    elif payment.flag == "late_short":
        owed = banking.amount_due(payment.principal_cents, invoice.due_on, payment.paid_on, terms)
        missing = owed.total_cents - payment.amount_cents - payment.discount_cents
    return _money_words("Baixada", payment.flag, missing, f"{credit} a mais viraram")


def _money_words(does: str, flag: str, missing_cents: int, credit: str) -> tuple[str, str, str]:
    if flag == "under":
        still = f"Faltam {brl(missing_cents)}: a fatura continua aberta." if missing_cents else FLAGS[flag]
        return "warn", f"{does} em parte", still
    if flag == "late_short":
        return "warn", does, f"Sem {brl(missing_cents)} de multa e juros."
    if flag == "over":
        return "warn", does, f"{credit} crédito do cliente."
    return "ok", does, ""


def _told_words(record: BankFileRecord, what: str) -> tuple[str, str, str]:
    """What a line says of a boleto, without money."""
    if what == "rejected":
        return "bad", OUTCOMES[what], f"Motivo {record.reasons}." if record.reasons else ""
    return ("neu" if record.outcome == "waiting" else "ok"), OUTCOMES[what], ""


def _already(verb: str, status: str) -> str:
    return f"Já {verb} {INVOICE_STATUSES[status].lower()}"
