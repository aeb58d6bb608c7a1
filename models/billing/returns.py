"""Retorno: what a bank says happened to its titles, seen by a person, then settled line by line (billing.md 5.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from models import clock
from models.banking.banks import LABELS
from models.base import db, lock
from models.billing.bank_file import BankFile, BankFileRecord
from models.billing.invoice import Invoice
from models.billing.payment import Receipt, settle
from models.billing.replaced_slip import ReplacedSlip, is_told_by
from models.catalog import BankAccount
from models.history import track, who
from models.outbox import enqueue
from models.refused import Refused, Stale, require
from models.wording import day, moment

MOST_BYTES = 2 * 1024 * 1024
KNOWN = ("registered", "rejected", "paid", "closed")  # anything else is shown and changes nothing
OF_THE_ACCOUNT = {"every_company": "an account may serve companies other than the one somebody works in"}


@dataclass(frozen=True)
class ToldTitle:
    """A title as the bank tells it. `sequence` is the number we reserved, `year` the one Sicredi puts before it."""

    line: int
    nosso_numero: str
    sequence: int | None
    year: int | None
    our_number: str
    occurrence: str
    meaning: str
    face_cents: int
    paid_cents: int
    discount_cents: int
    bank_fee_cents: int
    occurred_on: date
    credited_on: date | None
    reasons: str


@dataclass(frozen=True)
class ToldFile:
    """A retorno as it was brought. `account` has the fields of the bank account that its header tells."""

    name: str
    content: bytes
    bank: str
    layout: int
    account: Mapping[str, str]
    titles: Sequence[ToldTitle]


def keep_return(account: BankAccount, told: ToldFile) -> BankFile:
    """Keep a retorno with its lines, each tied to its invoice or put in quarantine; nothing is settled yet.

    Without a line to settle the file is done at once. Raises Refused when it is another account's, has no titles, or
    was brought before, even a moment ago.
    """
    if refusal := _refusal_to_keep(account, told):
        raise Refused(refusal, field="file")
    sha256, mine = hashlib.sha256(told.content).hexdigest(), who()
    file_id = _insert_once(
        company_id=mine.company_id,
        bank_account_id=account.id,
        direction="return",
        name=told.name,
        sha256=sha256,
        layout=f"cnab{told.layout}",
        status="read",
        content=told.content,
        titles=len(told.titles),
        total_cents=sum(title.paid_cents for title in told.titles if title.meaning == "paid"),
        brought_by=mine.actor.name,
        created_at=clock.now(),
    )
    if file_id is None:
        raise Refused(_already(account.id, sha256), field="file")
    invoices = _invoices(account.id, told.titles)
    rows = [_record(file_id, mine.company_id, title, invoices.get(title.line)) for title in told.titles]
    db.session.execute(insert(BankFileRecord), rows)
    file = db.session.get_one(BankFile, file_id)
    if not waiting_lines(file_id, 0, 1):
        finish(file_id)
    return file


def accounts() -> Sequence[BankAccount]:
    """Where a retorno may come from: every account with a bank, also one out of use, whose titles are still paid."""
    rows = select(BankAccount).where(BankAccount.bank != "", *BankAccount.seen())
    return db.session.scalars(rows.order_by(BankAccount.inactive_since.is_not(None), BankAccount.name)).all()


def refusal_to_settle(file: BankFile) -> str | None:
    """Why this file may not be processed now."""
    if file.direction != "return":
        return "Uma remessa não se processa: ela é enviada no site do banco."
    if file.status == "settling":
        return "Este retorno está sendo processado. Não é preciso mandar de novo."
    return None if file.status == "read" else "Este retorno não tem mais nada a processar."


def start_settling(file: BankFile) -> None:
    """Processar: the worker settles line after line. Raises Refused, Stale when somebody was faster."""
    require(refusal_to_settle(file))
    taken = update(BankFile).where(BankFile.id == file.id, BankFile.status == "read").values(status="settling")
    if not db.session.execute(taken).rowcount:  # type: ignore[attr-defined]
        raise Stale("Outra pessoa acabou de mandar processar este retorno.")
    go_on(file.id, uuid4().hex, 0)


def go_on(file_id: int, run: str, after: int) -> None:
    """Have the lines after this one settled: some at a time, so that other tasks do not wait for a long file."""
    enqueue("settle_file", f"{file_id}:{run}:{after}", {"file_id": file_id, "run": run, "after": after})


def waiting_lines(file_id: int, after: int, limit: int) -> list[tuple[int, int]]:
    """The next lines still to be settled: (id, line)."""
    rows = select(BankFileRecord.id, BankFileRecord.line).where(
        BankFileRecord.bank_file_id == file_id, BankFileRecord.outcome == "waiting", BankFileRecord.line > after
    )
    return [(row.id, row.line) for row in db.session.execute(rows.order_by(BankFileRecord.line).limit(limit))]


def settle_record(id: int) -> bool:
    """Do what a line says, once: money settles its invoice, any other word is about the slip of that number alone."""
    record = lock(db.session.get_one(BankFileRecord, id))
    if record.outcome != "waiting":
        return False
    invoice = db.session.get_one(Invoice, record.invoice_id)
    if record.meaning == "paid":
        _settle(record, invoice)
    elif slip := _slip(record, invoice.hold()):
        slip.told(record.meaning)
        record.outcome = record.meaning
    else:
        record.outcome, record.reasons = "info", "o nosso número não é desta fatura"
    return True


def finish(file_id: int) -> None:
    """The file is settled; or a person may ask again, when some line did not go through."""
    file = lock(db.session.get_one(BankFile, file_id))
    if waiting_lines(file_id, 0, 1):
        file.status = "read"
        return
    file.status, file.settled_at = "settled", clock.now()
    money = select(func.count()).where(
        BankFileRecord.bank_file_id == file_id, BankFileRecord.outcome.in_(("settled", "twice"))
    )
    settled = db.session.scalar(money)
    track("bank_file.settled", file, company_id=file.company_id, name=file.name, settled=settled)


def refusal_to_tie(record: BankFileRecord) -> str | None:
    return None if record.outcome == "quarantine" else "Já foi dito de qual fatura é este título."


def tie(record: BankFileRecord, number: int | None) -> None:
    """Associar: a person says which invoice a title in quarantine is. Raises Refused with the field at fault."""
    lock(record)
    if refusal := refusal_to_tie(record):
        raise Stale(refusal)
    invoice = db.session.scalars(select(Invoice).where(Invoice.number == number)).first()
    if invoice is None:
        raise Refused("Não há fatura com este número. Confira o número na fatura do cliente.", field="number")
    record.invoice_id, record.outcome = invoice.id, "waiting"
    settle_record(record.id)


def _slip(record: BankFileRecord, invoice: Invoice) -> Invoice | ReplacedSlip | None:
    """Which slip of its invoice a line is about; None when a person or our number alone said whose it is."""
    if record.sequence is None:
        return None
    if record.sequence == invoice.nosso_numero and record.year in (None, invoice.issued_year):
        return invoice
    old = select(ReplacedSlip).join(BankFileRecord, is_told_by()).where(BankFileRecord.id == record.id)
    return db.session.scalars(old.with_for_update(of=ReplacedSlip)).first()


def _settle(record: BankFileRecord, invoice: Invoice) -> None:
    invoice.hold()  # another file may be telling the same at this moment
    if _settled_elsewhere(record):
        record.outcome, record.reasons = "info", "já baixado por outro retorno"
        return
    payment = settle(
        invoice,
        Receipt(
            "boleto",
            record.paid_cents,
            record.occurred_on or clock.today(),
            record.credited_on,
            record.discount_cents,
            record.bank_fee_cents,
            bank_file_record_id=record.id,
        ),
    )
    if slip := _slip(record, invoice):
        slip.told("paid")
    record.outcome = "twice" if payment.flag in ("twice", "closed") else "settled"


def _settled_elsewhere(record: BankFileRecord) -> bool:
    """The same word of the bank in another file: banks repeat themselves, by period and by day."""
    account = select(BankFile.bank_account_id).where(BankFile.id == record.bank_file_id)
    other = BankFileRecord
    same = (
        select(other.id)
        .join(BankFile, BankFile.id == other.bank_file_id)
        .where(BankFile.bank_account_id == account.scalar_subquery(), other.bank_file_id != record.bank_file_id)
        .where(other.nosso_numero == record.nosso_numero, other.occurrence == record.occurrence)
        .where(other.occurred_on == record.occurred_on, other.paid_cents == record.paid_cents)
        .where(other.invoice_id == record.invoice_id, other.outcome.in_(("settled", "twice")))
    )
    return db.session.scalar(same.limit(1), execution_options=OF_THE_ACCOUNT) is not None


def _refusal_to_keep(account: BankAccount, told: ToldFile) -> str | None:
    if told.bank != account.bank:
        return f"Este retorno é do banco {told.bank}. A conta {account.name} é do {account.bank_name}."
    if account.differing(told.account):
        owners = (other for other in accounts() if other.bank == told.bank and other.is_told_by(told.account))
        if owner := next(owners, None):
            return f"Este retorno é da conta {owner.name}, não da conta {account.name}. Escolha a conta certa."
        said = " e ".join(f"{LABELS[name].lower()} {told.account[name]}" for name in account.differing(told.account))
        return f"Este retorno é de outra conta do {account.bank_name}: ela tem {said}. Escolha a conta certa."
    if not told.titles:
        return "Este retorno não fala de nenhum boleto. Nada foi guardado."
    paid = (title for title in told.titles if title.meaning == "paid")
    if early := next((title for title in paid if title.occurred_on > clock.today()), None):
        said = f"Linha {early.line}: o pagamento é de {day(early.occurred_on)}, um dia que ainda não chegou."
        return f"{said} Baixe o arquivo de novo no site do banco."
    return None


def _insert_once(**values: Any) -> int | None:
    """The id of the new file; None when this account has the same bytes already."""
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(BankFile).values(**values)
    found: int | None = db.session.scalar(adding.on_conflict_do_nothing().returning(BankFile.id))
    return found


def _already(account_id: int, sha256: str) -> str:
    same = select(BankFile.created_at, BankFile.brought_by).where(
        BankFile.bank_account_id == account_id, BankFile.direction == "return", BankFile.sha256 == sha256
    )
    row = db.session.execute(same, execution_options=OF_THE_ACCOUNT).one()
    return f"Este retorno já foi lido em {moment(row.created_at)}, por {row.brought_by}. Nada mudou."


def _invoices(account_id: int, titles: Sequence[ToldTitle]) -> dict[int, int]:
    """The invoice each line is about, by nosso número, of now or before its due date moved, and else by our number.

    None when the two contradict, or the amount is another one: it is a title of somebody else then, such as the
    system used before.
    """
    old = ReplacedSlip
    rows = select(Invoice.id, Invoice.number, Invoice.nosso_numero, Invoice.issued_year, Invoice.total_cents)
    rows = rows.where(Invoice.bank_account_id == account_id)
    replaced = select(Invoice.id, Invoice.number, old.nosso_numero, old.issued_year, Invoice.total_cents)
    replaced = replaced.join(old, old.invoice_id == Invoice.id).where(old.bank_account_id == account_id)
    sequences = [title.sequence for title in titles if title.sequence is not None]
    numbers = [_number(title) for title in titles if _number(title)]
    asked = (
        rows.where(Invoice.nosso_numero.in_(sequences)),
        replaced.where(old.nosso_numero.in_(sequences)),
        rows.where(Invoice.number.in_(numbers)),
    )
    known = [row for question in asked for row in db.session.execute(question, execution_options=OF_THE_ACCOUNT)]
    by_year = {(row.nosso_numero, row.issued_year): row for row in known}
    by_nosso = {row.nosso_numero: row for row in known}
    by_number = {row.number: row for row in known}
    found = {}
    for title in titles:
        named = by_year.get((title.sequence, title.year)) if title.year else by_nosso.get(title.sequence)
        row = named or by_number.get(_number(title))
        if row and _number(title) in (0, row.number) and title.face_cents in (0, row.total_cents):
            found[title.line] = int(row.id)
    return found


def _number(title: ToldTitle) -> int:
    """The number of an invoice that we sent along; 0 for anything else."""
    text = title.our_number
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _record(file_id: int, company_id: int, title: ToldTitle, invoice_id: int | None) -> dict[str, Any]:
    outcome = "info" if title.meaning not in KNOWN else "waiting" if invoice_id else "quarantine"
    return {
        "company_id": company_id,
        "bank_file_id": file_id,
        "line": title.line,
        "nosso_numero": title.nosso_numero[:25],
        "sequence": title.sequence,
        "year": title.year,
        "our_number": title.our_number[:30],
        "occurrence": title.occurrence[:4],
        "meaning": title.meaning,
        "paid_cents": title.paid_cents,
        "discount_cents": title.discount_cents,
        "bank_fee_cents": title.bank_fee_cents,
        "occurred_on": title.occurred_on,
        "credited_on": title.credited_on,
        "reasons": title.reasons[:200],
        "invoice_id": invoice_id,
        "outcome": outcome,
    }
