"""Remessa: boletos the bank does not know yet, and those it should forget, in one file (CNAB 240)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from models import clock
from models.base import db
from models.billing.invoice import Invoice
from models.billing.replaced_slip import ReplacedSlip
from models.billing.slip import payee
from models.catalog import AccountEdition, BankAccount
from models.collection.bank_file import BankFile
from models.collection.debtor import Debtor, debtors
from models.history import track
from models.numbers import take
from models.operators import company_of, zone_of
from models.refused import Refused
from models.scope import who

MOST = 5_000  # titles of a file; the rest goes with the next one
ENTER, CLOSE = "01", "02"  # movements
Slips = list[tuple[Invoice | ReplacedSlip, Invoice]]  # what the bank is told of, each with its invoice


@dataclass(frozen=True)
class OutgoingTitle:
    """One boleto. `fields` have their check digits, percents are hundredths."""

    movement: str
    fields: Mapping[str, str]
    number: int
    due_on: date
    issued_on: date
    cents: int
    interest_bp: int
    fine_bp: int
    debtor: Debtor


@dataclass(frozen=True)
class Outgoing:
    """What a writer of files needs: plain data."""

    bank: str
    fields: Mapping[str, str]
    payee_document: str
    payee_name: str
    number: int
    at: datetime  # local
    titles: tuple[OutgoingTitle, ...]


class Waiting(NamedTuple):
    """An account and how many titles wait to be sent by it, whichever of its editions they were issued with."""

    account: BankAccount
    titles: int


def make_outgoing(account: BankAccount, write: Callable[[Outgoing], bytes]) -> BankFile:
    """The next file of an account, made by `write` and kept byte by byte. Its invoices count as sent.

    A file speaks for one agência and conta: titles issued before these were edited go first, in a file of their own.
    Raises Refused when the account lacks a field or there is nothing to send, or with what the writer has to say.
    """
    number, now = take(f"nsa:{account.id}"), clock.now()  # two at once: the second waits here and finds nothing left
    edition, editions = _edition(account)
    if refusal := account.refusal_to_send(edition):
        raise Refused(refusal, field="account_id")
    invoices = _invoices(account, editions)
    replaced = _replaced(account, editions, MOST - len(invoices))
    if not invoices and not replaced:
        raise Refused("Não há boletos a enviar nesta conta. Os novos entram aqui quando as faturas são emitidas.")
    slips: Slips = [*zip(invoices, invoices, strict=True), *replaced]
    today = clock.local(now, zone_of(account))
    outgoing = _outgoing(account, edition.completed_by(account), slips, number, today)
    content = write(outgoing)
    file = BankFile(
        company_id=who().company_id,
        bank_account_id=account.id,
        direction="outgoing",
        name=f"remessa-{account.bank}-{number:06}.rem",
        sha256=hashlib.sha256(content).hexdigest(),
        layout="cnab240",
        sequence=number,
        status="made",
        content=content,
        titles=len(slips),
        total_cents=sum(invoice.total_cents for invoice in invoices if invoice.status == "open"),
        brought_by=who().actor.name,
        created_at=now,
    )
    db.session.add(file)
    _mark(invoices)
    for slip, _ in replaced:
        slip.at_bank = "asked"
    db.session.flush()
    track("bank_file.made", file, sequence=number, titles=len(slips))
    return file


def waiting_titles() -> list[Waiting]:
    """The accounts with a bank that whoever acts may use."""
    invoices = select(func.count(Invoice.id)).where(Invoice.bank_account_id == BankAccount.id, _unsent())
    replaced = select(func.count(ReplacedSlip.id)).where(ReplacedSlip.bank_account_id == BankAccount.id, _standing())
    waiting = invoices.scalar_subquery() + replaced.scalar_subquery()
    rows = select(BankAccount, waiting).where(
        BankAccount.bank != "", BankAccount.inactive_since.is_(None), *BankAccount.seen()
    )
    return [Waiting._make(row) for row in db.session.execute(rows.order_by(BankAccount.name))]


def _unsent() -> ColumnElement[bool]:
    """New ones to be registered; those closed by other means, to be taken off, or they could be paid twice."""
    return or_(
        and_(Invoice.status == "open", Invoice.registration == "pending", Invoice.paid_cents == 0),
        and_(Invoice.status != "open", Invoice.registration.in_(("sent", "registered"))),
    )


def _standing() -> ColumnElement[bool]:
    """Slips an invoice had before its due date moved, which the bank still takes money for."""
    return ReplacedSlip.at_bank == "standing"


def _edition(account: BankAccount) -> tuple[AccountEdition, list[int]]:
    """The oldest edition with titles to send, and the numbers of all that a file says the same of; else the present.

    Editions that differ in the Pix key or the instructions alone share a file: no remessa carries these.
    """
    unsent = select(Invoice.account_edition).where(Invoice.bank_account_id == account.id, _unsent())
    standing = select(ReplacedSlip.account_edition).where(ReplacedSlip.bank_account_id == account.id, _standing())
    waiting = set(db.session.scalars(unsent.union(standing)))
    editions = account.editions()
    chosen = min((each for each in editions if each.number in waiting), key=lambda each: each.number, default=None)
    chosen = chosen or editions[0]
    said = chosen.completed_by(account).fields
    return chosen, [each.number for each in editions if each.completed_by(account).fields == said]


def _invoices(account: BankAccount, editions: Sequence[int]) -> Sequence[Invoice]:
    """Held until the commit, so that none gets another slip between the file and its mark."""
    untold = select(Invoice).where(Invoice.bank_account_id == account.id, _unsent())
    untold = untold.where(Invoice.account_edition.in_(editions))
    return db.session.scalars(untold.order_by(Invoice.due_on, Invoice.id).limit(MOST).with_for_update()).all()


def _replaced(account: BankAccount, editions: Sequence[int], most: int) -> list[tuple[ReplacedSlip, Invoice]]:
    rows = select(ReplacedSlip, Invoice).join(Invoice, Invoice.id == ReplacedSlip.invoice_id)
    rows = rows.where(ReplacedSlip.bank_account_id == account.id, ReplacedSlip.account_edition.in_(editions))
    rows = rows.where(_standing()).order_by(ReplacedSlip.id).limit(most)
    return [(slip, invoice) for slip, invoice in db.session.execute(rows.with_for_update(of=ReplacedSlip))]


def _mark(invoices: Sequence[Invoice]) -> None:
    for status, registration in ((True, "sent"), (False, "closed")):
        ids = [invoice.id for invoice in invoices if (invoice.status == "open") is status]
        if ids:
            db.session.execute(update(Invoice).where(Invoice.id.in_(ids)).values(registration=registration))


def _outgoing(account: BankAccount, edition: AccountEdition, slips: Slips, number: int, at: datetime) -> Outgoing:
    whom = payee(company_of(account))
    known = debtors([invoice.id for _, invoice in slips])
    return Outgoing(
        edition.bank,
        edition.file_fields,
        whom.cnpj,
        whom.legal_name or whom.name,
        number,
        at,
        tuple(_title(edition, slip, invoice, known[invoice.id]) for slip, invoice in slips),
    )


def _title(edition: AccountEdition, slip: Invoice | ReplacedSlip, invoice: Invoice, debtor: Debtor) -> OutgoingTitle:
    assert slip.nosso_numero is not None, "only boletos have a registration"  # noqa: S101
    cents, year = invoice.total_cents, date(slip.issued_year, 1, 1)
    return OutgoingTitle(
        ENTER if slip is invoice and invoice.status == "open" else CLOSE,
        edition.title_fields(slip.nosso_numero, cents, year, edition.installment_of(slip.barcode)),
        invoice.number,
        slip.due_on,
        invoice.issued_on,
        cents,
        invoice.interest_bp,
        invoice.fine_bp,
        debtor,
    )
