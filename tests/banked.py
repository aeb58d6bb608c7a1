"""What went between the cast's house and its bank, for `flask demo`: files out and in, and Pix that the bank told of.

Yesterday Ana sent a remessa, which the first retorno of today registers. A second one waits to be looked at: the
cooperative paid, Maria paid a part, Seu Zé paid once more, and a title is nobody's. Of three Pix one settled its
invoice and two wait for a person.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from integrations.bank import Beneficiary, Payer, Title, write_outgoing
from models import clock
from models.base import db
from models.billing import Invoice
from models.catalog import BankAccount
from models.collection import BankFile, BankFileRecord, PixReceipt, ReportedPix
from models.collection.outgoing import make_outgoing
from models.collection.return_intake import keep_return
from models.people import Person
from models.scope import Actor, acting
from staff.bank_files.outgoing import written
from staff.bank_files.returns import return_file_of
from tests import bank, cast

WORKER = Actor("job", None, "Retorno do banco")
PIX_BANK = Actor("integration", None, "Banco do Pix")
ANYBODY = Payer(cast.RITA, "PAGADOR", "RUA DAS ACACIAS, 120", "CENTRO", "35500120", "VALE CLARO", "MG")
FOREIGN, FOREIGN_CENTS = 884213, 8990  # a title of the system used before


def send(account: BankAccount) -> None:
    """The remessa of yesterday evening; the bank registers all of it."""
    with cast.days_ago(1, "17:10"), cast.by("ana.souza"):
        sent = make_outgoing(account, written)
    answer = _bring(account, bank.answer(sent.content, clock.today(), lambda number: 0), 1)
    with acting(WORKER, "job"):
        for id, _ in answer.waiting(0, sent.titles):
            db.session.get_one(BankFileRecord, id).settle()
        answer.finish()


def be_paid(account: BankAccount) -> None:
    """The retorno that waits, and the Pix."""
    yesterday = clock.today() - timedelta(days=1)
    late, part, again = _first(cast.cooperative(), "open"), _first(cast.maria(), "open"), _first(cast.ze(), "paid")
    late_cents = late.amount_due(yesterday).total_cents
    given = ((late, late_cents), (part, part.total_cents // 2), (again, again.total_cents))
    _return(account, [*given], yesterday)
    bakery, ze = _first(cast.sol(), "open"), _first(cast.ze(), "open")
    _pix(account, bakery.txid, bakery.total_cents, (clock.today() - bakery.due_on).days)
    _pix(account, ze.txid, ze.total_cents - 1000, 1)
    _pix(account, f"ANTIGO{FOREIGN}", FOREIGN_CENTS, 1)


def _return(account: BankAccount, given: list[tuple[Invoice, int]], on: date) -> None:
    titles = [_title(account, row.nosso_numero or 0, row.number, row.due_on, row.total_cents) for row, _ in given]
    titles.append(_title(account, FOREIGN, FOREIGN, on, FOREIGN_CENTS))
    amounts = {row.number: cents for row, cents in given} | {FOREIGN: FOREIGN_CENTS}
    house = cast.vale_claro()
    beneficiary = Beneficiary(account.bank, house.cnpj, house.name, account.file_fields)
    sent = write_outgoing(beneficiary, titles, 1, clock.local(clock.now()))
    _bring(account, bank.answer(sent, on, amounts.__getitem__), 2)


def _title(account: BankAccount, nosso_numero: int, number: int, due_on: date, cents: int) -> Title:
    fields = account.title_fields(nosso_numero, cents, due_on)
    return Title(fields, str(number), str(number), due_on, due_on - timedelta(days=10), cents, ANYBODY)


def _bring(account: BankAccount, content: bytes, number: int) -> BankFile:
    with cast.by("ana.souza"):
        return keep_return(account, return_file_of(f"CB{clock.today():%d%m%y}{number}.RET", content))


def _pix(account: BankAccount, txid: str, cents: int, ago: int) -> None:
    """Somebody pays, and the bank confirms what it told us."""
    with cast.days_ago(ago, "09:40"), acting(PIX_BANK, "api"):
        e2e_id = f"E00000000{clock.local(clock.now()):%Y%m%d%H%M}{cents:011}"
        told = ReportedPix(e2e_id, txid, cents, clock.now(), account.pix_key)
        PixReceipt.keep_reported([told], "webhook")
        db.session.scalars(select(PixReceipt).where(PixReceipt.e2e_id == e2e_id)).one().confirm(told)


def _first(person: Person, status: str) -> Invoice:
    mine = select(Invoice).where(Invoice.person_id == person.id, Invoice.status == status)
    return db.session.scalars(mine.order_by(Invoice.due_on, Invoice.id).limit(1)).one()
