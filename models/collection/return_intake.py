"""Retorno: the file of a bank is kept with its lines, each tied to its invoice, before anything is settled.

A person looks at it and then has it settled, line by line (models/collection/bank_file.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from models import clock
from models.banking.banks import LABELS
from models.base import db, upsert
from models.billing import Invoice, ReplacedSlip
from models.billing.replaced_slip import cents_of
from models.catalog import BankAccount
from models.collection.bank_file import OF_THE_ACCOUNT, BankFile, BankFileRecord, is_early
from models.outbox import Left, keep_left_out
from models.refused import Refused
from models.scope import who
from models.wording import day, moment

MOST_BYTES = 2 * 1024 * 1024
UNREAD = "unread"  # a line nobody can read: its sentence stands in the reasons
KNOWN = ("registered", "rejected", "paid", "closed")  # anything else is shown and changes nothing


@dataclass(frozen=True)
class ReturnTitle:
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
    occurred_on: date | None
    credited_on: date | None
    reasons: str
    doubt: str = ""  # see DOUBTS


class _Known(NamedTuple):
    """A slip of an invoice, of now or before, with what it asks for."""

    id: int
    number: int
    nosso_numero: int | None
    issued_year: int | None
    issued_on: date
    cents: int


@dataclass(frozen=True)
class ReturnFile:
    """A retorno as it was brought. `account` has the fields of the bank account that its header tells."""

    name: str
    content: bytes
    bank: str
    layout: int
    account: Mapping[str, str]
    titles: Sequence[ReturnTitle]
    records: bytes = b""  # what tells this file from any other, however often the bank makes it anew


def keep_return(account: BankAccount, brought: ReturnFile) -> BankFile:
    """Keep a retorno with its lines, each tied to its invoice or put in quarantine; nothing is settled yet.

    Without a line to settle the file is done at once. Raises Refused when it is another account's, has no titles, or
    was brought before, even a moment ago.
    """
    brought = replace(brought, titles=[_understood(title) for title in brought.titles])
    if refusal := _refusal_to_keep(account, brought):
        raise Refused(refusal, field="file")
    sha256, mine = _digests(brought)[0], who()
    file_id = _insert_once(
        company_id=mine.company_id,
        bank_account_id=account.id,
        direction="return",
        name=brought.name,
        sha256=sha256,
        layout=f"cnab{brought.layout}",
        status="read",
        content=brought.content,
        titles=len(brought.titles),
        total_cents=sum(title.paid_cents for title in brought.titles if title.meaning == "paid"),
        brought_by=mine.actor.name,
        created_at=clock.now(),
    )
    if file_id is None:
        raise Refused(_already(account.id, _digests(brought)), field="file")
    invoices = _invoices(account.id, brought.titles)
    rows = [_record(file_id, mine.company_id, title, invoices.get(title.line)) for title in brought.titles]
    db.session.execute(insert(BankFileRecord), rows)
    file = db.session.get_one(BankFile, file_id)
    unread = [title for title in brought.titles if title.meaning == UNREAD]
    keep_left_out("return", [_left(file_id, title) for title in unread])
    if not file.waiting(0, 1):
        file.finish()
    return file


def accounts() -> Sequence[BankAccount]:
    """Where a retorno may come from: every account with a bank, also one out of use, whose titles are still paid."""
    rows = select(BankAccount).where(BankAccount.bank != "", *BankAccount.seen())
    return db.session.scalars(rows.order_by(BankAccount.inactive_since.is_not(None), BankAccount.name)).all()


def _refusal_to_keep(account: BankAccount, brought: ReturnFile) -> str | None:
    if brought.bank != account.bank:
        return f"Este retorno é do banco {brought.bank}. A conta {account.name} é do {account.bank_name}."
    if all(each.differing(brought.account) for each in account.editions()):
        owners = (other for other in accounts() if other.bank == brought.bank and other.is_named_by(brought.account))
        if owner := next(owners, None):
            return f"Este retorno é da conta {owner.name}, não da conta {account.name}. Escolha a conta certa."
        differing = account.differing(brought.account)
        words = " e ".join(f"{LABELS[name].lower()} {brought.account[name]}" for name in differing)
        return f"Este retorno é de outra conta do {account.bank_name}: ela tem {words}. Escolha a conta certa."
    if not brought.titles:
        return "Este retorno não fala de nenhum boleto. Nada foi guardado."
    if all(title.meaning == UNREAD for title in brought.titles):
        odd = brought.titles[0]
        return f"Linha {odd.line}: {odd.reasons} Baixe o arquivo de novo no site do banco."
    return _already(account.id, _digests(brought)) or None


def _understood(title: ReturnTitle) -> ReturnTitle:
    """The title as it is kept: money is money under any code, and a day to come is read as no payment."""
    money = title.meaning != UNREAD and title.paid_cents > 0
    if not (money or title.meaning == "paid"):
        return title
    if title.occurred_on and title.occurred_on > clock.today(clock.ZONE):  # banks count their days in Brasília
        words = f"O pagamento é de {day(title.occurred_on)}, um dia que ainda não chegou. Confira no extrato:"
        return replace(title, meaning=UNREAD, reasons=f"{words} se o dinheiro entrou, receba a fatura no balcão.")
    return title if title.meaning == "paid" else replace(title, meaning="paid", doubt="no_payment")


def _insert_once(**values: Any) -> int | None:
    """The id of the new file; None when this account has the same bytes already."""
    adding = upsert(BankFile).values(**values)
    found: int | None = db.session.scalar(adding.on_conflict_do_nothing().returning(BankFile.id))
    return found


def _digests(brought: ReturnFile) -> tuple[str, str]:
    """What a retorno is known by, and what it was known by before its records were: its bytes."""
    return tuple(hashlib.sha256(told).hexdigest() for told in (brought.records or brought.content, brought.content))  # type: ignore[return-value]


def _already(account_id: int, digests: Sequence[str]) -> str:
    """That the account has this retorno already; empty when it has not."""
    same = select(BankFile.created_at, BankFile.brought_by).where(
        BankFile.bank_account_id == account_id, BankFile.direction == "return", BankFile.sha256.in_(digests)
    )
    row = db.session.execute(same.order_by(BankFile.id), execution_options=OF_THE_ACCOUNT).first()
    return f"Este retorno já foi lido em {moment(row.created_at)}, por {row.brought_by}. Nada mudou." if row else ""


def _invoices(account_id: int, titles: Sequence[ReturnTitle]) -> dict[int, _Known]:
    """The invoice each line is about, by nosso número, of now or before its due date moved.

    None when it is not ours, whatever our own number says, when the two contradict, or the amount is another one: it
    is a title of somebody else then, such as the system used before, and a person says whose.
    """
    old = ReplacedSlip
    slip = (Invoice.nosso_numero, Invoice.issued_year)
    rows = select(Invoice.id, Invoice.number, *slip, Invoice.issued_on, Invoice.total_cents)
    rows = rows.where(Invoice.bank_account_id == account_id)
    slip = (old.nosso_numero, old.issued_year)
    replaced = select(Invoice.id, Invoice.number, *slip, Invoice.issued_on, old.barcode)
    replaced = replaced.join(old, old.invoice_id == Invoice.id).where(old.bank_account_id == account_id)
    sequences = [title.sequence for title in titles if title.sequence is not None]
    asked = (
        rows.where(Invoice.nosso_numero.in_(sequences)),
        replaced.where(old.nosso_numero.in_(sequences)),
    )
    now, before = (db.session.execute(question, execution_options=OF_THE_ACCOUNT) for question in asked)
    known = [_Known._make(row) for row in now]
    known += [_Known._make((*tuple(row)[:5], cents_of(row.barcode))) for row in before]
    by_year = {(row.nosso_numero, row.issued_year): row for row in known}
    by_nosso = {row.nosso_numero: row for row in known}
    found = {}
    for title in titles:
        row = by_year.get((title.sequence, title.year)) if title.year else by_nosso.get(title.sequence)
        told_so = not title.doubt  # or a person says whose the money is
        if row and told_so and _number(title) in (0, row.number) and title.face_cents in (0, row.cents):
            found[title.line] = row
    return found


def _left(file_id: int, title: ReturnTitle) -> Left:
    sentence = f"{title.reasons} As outras linhas do arquivo valem."
    part, fix = f"linha {title.line}", ("bank_file", file_id)
    return Left("bank_file", file_id, sentence, fix=fix, part=part, company_id=who().company_id)


def _number(title: ReturnTitle) -> int:
    """The number of an invoice that we sent along; 0 for anything else."""
    text = title.our_number
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _record(file_id: int, company_id: int, title: ReturnTitle, known: _Known | None) -> dict[str, Any]:
    early = known is not None and title.meaning == "paid" and is_early(title, known.issued_on)
    doubt = "early" if early else title.doubt
    outcome = "info" if title.meaning not in KNOWN else "waiting" if known and not doubt else "quarantine"
    outcome = "unread" if title.meaning == UNREAD else outcome
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
        "invoice_id": known.id if known else None,
        "outcome": outcome,
        "doubt": doubt,
    }
