"""Remessa: boletos the bank does not know yet, and those it should forget, in one file (CNAB 240)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from models import clock
from models.banking.banks import BANKS
from models.banking.pix import has_letters, plain
from models.base import db
from models.billing.invoice import Invoice
from models.billing.replaced_slip import ReplacedSlip
from models.billing.slip import payee
from models.catalog import AccountEdition, BankAccount
from models.catalog.bank_account import needs_accounts
from models.collection.bank_file import OF_THE_ACCOUNT, BankFile
from models.collection.debtor import Debtor, debtors
from models.history import track
from models.numbers import take
from models.operators import company_of, zone_of
from models.outbox import Left, LeftOut, keep_left_out, open_keys, solve
from models.people.address import STATES
from models.refused import Refused
from models.scope import who
from models.wording import counted

WORK = "outgoing"
NO_ADDRESS = "Falta o endereço de cobrança do serviço. Preencha no serviço do cliente."
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
    letters: bool = False  # the bank takes a CNPJ with letters


class Waiting(NamedTuple):
    """An account and how many titles wait to be sent by it, whichever of its editions they were issued with."""

    account: BankAccount
    titles: int
    left_out: int  # of them, those the last remessa could not carry


class AllLeftOut(Refused):
    """No title that waits can go; `lefts` says why of each, for the caller to keep."""

    def __init__(self, lefts: Sequence[Left]) -> None:
        self.lefts = lefts
        super().__init__(f"Nenhum boleto pôde entrar na remessa. {lefts[0].sentence}", field="account_id")


class Slip(NamedTuple):
    """What the bank is told of, with its invoice, as the file has it."""

    slip: Invoice | ReplacedSlip
    invoice: Invoice
    title: OutgoingTitle


def make_outgoing(account: BankAccount, write: Callable[[Outgoing], bytes]) -> BankFile:
    """The next file of an account, made by `write` and kept byte by byte. Its invoices count as sent.

    A file speaks for one agência and conta: titles issued before these were edited go first, in a file of their own.
    A title that the bank's file cannot carry is left out, alone and named, and waits for the next file. Raises
    Refused when the account cannot send, there is nothing to send or nothing can go (AllLeftOut). `write` raises
    Refused for what it cannot write.
    """
    if refusal := account.refusal_to_register():
        raise Refused(refusal, field="account_id")
    number, now = take(f"nsa:{account.id}"), clock.now()  # two at once: the second waits here and finds nothing left
    going, lefts, head = list[Slip](), list[Left](), None
    for edition, editions in _editions(account):
        if refusal := account.refusal_to_send(edition):
            raise Refused(refusal, field="account_id")
        invoices = _invoices(account, editions)
        slips: Slips = [*zip(invoices, invoices, strict=True), *_replaced(account, editions, MOST - len(invoices))]
        said = edition.completed_by(account)
        head = _outgoing(account, said, number, clock.local(now, zone_of(account)))
        going, left = _carried(said, slips, head, write)
        lefts += left
        if going:
            break
    if head is None:
        raise Refused("Não há boletos a enviar nesta conta. Os novos entram aqui quando as faturas são emitidas.")
    if not going:
        raise AllLeftOut(lefts)
    content = write(replace(head, titles=tuple(one.title for one in going)))
    sent = [one.invoice for one in going if one.slip is one.invoice]
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
        titles=len(going),
        total_cents=sum(invoice.total_cents for invoice in sent if invoice.status == "open"),
        brought_by=who().actor.name,
        created_at=now,
    )
    db.session.add(file)
    _mark(sent)
    for one in going:
        if isinstance(one.slip, ReplacedSlip):
            one.slip.at_bank = "asked"
    db.session.flush()
    keep_left_out(WORK, lefts)
    _solve(lefts)
    track("bank_file.made", file, sequence=number, titles=len(going))
    return file


def waiting_titles() -> list[Waiting]:
    """The accounts with a bank that whoever acts may use; one out of use while titles wait in it."""
    invoices = select(func.count(Invoice.id)).where(Invoice.bank_account_id == BankAccount.id, unsent())
    replaced = select(func.count(ReplacedSlip.id)).where(ReplacedSlip.bank_account_id == BankAccount.id, standing())
    waiting = invoices.scalar_subquery() + replaced.scalar_subquery()
    left_out = select(func.count(Invoice.id)).where(
        Invoice.bank_account_id == BankAccount.id,
        select(LeftOut.id).where(LeftOut.work == WORK, LeftOut.status == "open", LeftOut.row_id == Invoice.id).exists(),
    )
    rows = select(BankAccount, waiting, left_out.scalar_subquery()).where(
        BankAccount.bank != "", or_(BankAccount.inactive_since.is_(None), waiting > 0), *BankAccount.seen()
    )
    return [Waiting._make(row) for row in db.session.execute(rows.order_by(BankAccount.name))]


@needs_accounts
def refusal_to_leave(account_id: int) -> str | None:
    """Why an account must stay in use: the bank has still to be told of titles of it."""
    invoices = select(func.count(Invoice.id)).where(Invoice.bank_account_id == account_id, unsent())
    replaced = select(func.count(ReplacedSlip.id)).where(ReplacedSlip.bank_account_id == account_id, standing())
    count = sum(db.session.scalar(rows, execution_options=OF_THE_ACCOUNT) or 0 for rows in (invoices, replaced))
    if not count:
        return None
    words = counted(count, "boleto espera", "boletos esperam")
    return f"{words} a remessa desta conta. Gere e envie a remessa em Arquivos do banco, depois inative a conta."


def unsent() -> ColumnElement[bool]:
    """New ones to be registered; those closed by other means, to be taken off, or they could be paid twice."""
    return or_(
        and_(Invoice.status == "open", Invoice.registration == "pending", Invoice.paid_cents == 0),
        and_(Invoice.status != "open", Invoice.registration.in_(("sent", "registered"))),
    )


def standing() -> ColumnElement[bool]:
    """Slips an invoice had before its due date moved, which the bank still takes money for."""
    return ReplacedSlip.at_bank == "standing"


def _editions(account: BankAccount) -> Iterator[tuple[AccountEdition, list[int]]]:
    """The editions with titles to send, oldest first, each with the numbers of all that a file says the same of.

    Editions that differ in the Pix key or the instructions alone share a file: no remessa carries these. One whose
    titles are all left out does not hold up those behind it.
    """
    untold = select(Invoice.account_edition).where(Invoice.bank_account_id == account.id, unsent())
    replaced = select(ReplacedSlip.account_edition).where(ReplacedSlip.bank_account_id == account.id, standing())
    waiting = set(db.session.scalars(untold.union(replaced)))
    alike: dict[str, list[AccountEdition]] = {}
    for each in sorted(account.editions(), key=lambda each: each.number):
        alike.setdefault(repr(sorted(each.completed_by(account).fields.items())), []).append(each)
    for group in alike.values():
        mine = [each for each in group if each.number in waiting]
        if mine:
            yield mine[0], [each.number for each in group]


def _invoices(account: BankAccount, editions: Sequence[int]) -> Sequence[Invoice]:
    """Held until the commit, so that none gets another slip between the file and its mark."""
    untold = select(Invoice).where(Invoice.bank_account_id == account.id, unsent())
    untold = untold.where(Invoice.account_edition.in_(editions))
    return db.session.scalars(untold.order_by(Invoice.due_on, Invoice.id).limit(MOST).with_for_update()).all()


def _replaced(account: BankAccount, editions: Sequence[int], most: int) -> list[tuple[ReplacedSlip, Invoice]]:
    rows = select(ReplacedSlip, Invoice).join(Invoice, Invoice.id == ReplacedSlip.invoice_id)
    rows = rows.where(ReplacedSlip.bank_account_id == account.id, ReplacedSlip.account_edition.in_(editions))
    rows = rows.where(standing()).order_by(ReplacedSlip.id).limit(most)
    return [(slip, invoice) for slip, invoice in db.session.execute(rows.with_for_update(of=ReplacedSlip))]


def _mark(invoices: Sequence[Invoice]) -> None:
    for status, registration in ((True, "sent"), (False, "asked")):
        ids = [invoice.id for invoice in invoices if (invoice.status == "open") is status]
        if ids:
            db.session.execute(update(Invoice).where(Invoice.id.in_(ids)).values(registration=registration))


def _outgoing(account: BankAccount, edition: AccountEdition, number: int, at: datetime) -> Outgoing:
    """A file without titles."""
    whom = payee(company_of(account))
    name, letters = whom.legal_name or whom.name, BANKS[edition.bank].letters_in_files
    return Outgoing(edition.bank, edition.file_fields, whom.cnpj, name, number, at, (), letters)


def _carried(
    edition: AccountEdition, slips: Slips, head: Outgoing, write: Callable[[Outgoing], bytes]
) -> tuple[list[Slip], list[Left]]:
    """What the file can carry, and what is left out with the sentence of each.

    Only when the whole cannot be written, each title is tried in a file of its own.
    """
    known = debtors([invoice.id for _, invoice in slips])
    going, lefts = list[Slip](), list[Left]()
    for slip, invoice in slips:
        try:
            debtor = known.get(invoice.id)
            if debtor is None or (refusal := refusal_to_debtor(edition.bank, debtor)):
                raise Refused(refusal if debtor else NO_ADDRESS)
            going.append(Slip(slip, invoice, _title(edition, slip, invoice, debtor)))
        except Refused as no:
            lefts.append(_left(invoice, no.sentence))
    try:
        if going:
            write(replace(head, titles=tuple(one.title for one in going)))
        return going, lefts
    except Refused:
        return _one_by_one(going, lefts, head, write)


def _one_by_one(
    slips: Sequence[Slip], lefts: list[Left], head: Outgoing, write: Callable[[Outgoing], bytes]
) -> tuple[list[Slip], list[Left]]:
    going = list[Slip]()
    for one in slips:
        try:
            write(replace(head, titles=(one.title,)))
            going.append(one)
        except Refused as no:
            lefts.append(_left(one.invoice, no.sentence))
    return going, lefts


def refusal_to_debtor(code: str, debtor: Debtor) -> str:
    """Why the bank of this code cannot be told of what somebody owes, "" when it can."""
    bank = BANKS[code]
    if has_letters(debtor.document) and not bank.letters_in_files:
        return (
            f"O CNPJ do pagador tem letras, e o arquivo do {bank.name} ainda não as aceita. Registre este boleto no "
            "site do banco, ou receba por Pix."
        )
    if not has_letters(plain(debtor.name, 40)):
        return "O nome do pagador não tem letras que o banco entenda. Corrija o cadastro do cliente."
    if not re.fullmatch("[0-9]{8}", debtor.cep) or not int(debtor.cep):
        return "O CEP do endereço de cobrança não existe. Corrija o endereço do serviço."
    if debtor.state not in STATES:
        return "O estado do endereço de cobrança não existe. Corrija o endereço do serviço."
    if not (plain(debtor.street, 40) and has_letters(plain(debtor.city, 15))):
        return "O endereço de cobrança não tem rua ou cidade que o banco entenda. Corrija o endereço do serviço."
    return ""


def left_out_titles(account_id: int) -> list[tuple[int, int, str]]:
    """Titles of an account that the last files left out: id and number of the invoice, and why."""
    rows = select(Invoice.id, Invoice.number, LeftOut.sentence).join(LeftOut, LeftOut.row_id == Invoice.id)
    rows = rows.where(LeftOut.work == WORK, LeftOut.status == "open", Invoice.bank_account_id == account_id)
    return [(row.id, row.number, row.sentence) for row in db.session.execute(rows.order_by(Invoice.number))]


def _left(invoice: Invoice, sentence: str) -> Left:
    fix = ("invoice", invoice.id)
    return Left("invoice", invoice.id, sentence, invoice.person_id, fix, company_id=invoice.company_id)


def _solve(lefts: Sequence[Left]) -> None:
    """What was left out before and waits no more: it went with a file, or need not be told any more."""
    waiting = open_keys(WORK) - {left.key for left in lefts}
    ids = {int(key.split(":")[1]): key for key in waiting}
    untold = select(Invoice.id).where(Invoice.id.in_(ids), unsent())
    still = set(db.session.scalars(untold, execution_options=OF_THE_ACCOUNT))
    solve(WORK, {key for id, key in ids.items() if id not in still})


def _title(edition: AccountEdition, slip: Invoice | ReplacedSlip, invoice: Invoice, debtor: Debtor) -> OutgoingTitle:
    assert slip.nosso_numero is not None, "only boletos have a registration"  # noqa: S101
    cents, year = slip.total_cents, date(slip.issued_year, 1, 1)
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
