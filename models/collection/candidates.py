"""Which open invoices money may be for that nobody knows, to choose from: by value, name and date, and why each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select

from models.base import db
from models.billing import Invoice
from models.collection.bank_file import BankFileRecord
from models.collection.pix_receipt import PixReceipt
from models.people import Person
from models.people.person import searchable
from models.scope import TODAS
from models.wording import brl, counted, day

CANDIDATES = 8
LOOKED_AT = 60  # invoices weighed before the best are shown
NEAR = timedelta(days=7)  # of the due date; further away it says nothing
LATE_SHARE = 0.8  # of what is paid late at least so much is the invoice; the rest fine and interest


class Money(NamedTuple):
    """What came in: centavos, its day, and the company of the account, TODAS for one of all."""

    cents: int
    on: date | None
    company_id: int = TODAS
    person_id: int | None = None  # of the invoice a Pix named, when it does not fit that one


class Candidate(NamedTuple):
    """An open invoice with its customer, and why it is offered: the most telling first."""

    invoice: Invoice
    person: str
    why: list[str]

    @property
    def reasons(self) -> str:
        return "; ".join(self.why)


def of_record(record: BankFileRecord) -> Money:
    """The money of a line of a retorno."""
    return Money(record.paid_cents, record.occurred_on or record.credited_on, record.money_of())


def of_pix(receipt: PixReceipt, person_id: int | None) -> Money:
    """The money of a Pix that the bank did not give back; the customer of the invoice it named, if any."""
    return Money(receipt.left_cents, receipt.paid_on, receipt.money_of(), person_id)


def candidates(money: Money, name: str = "") -> list[Candidate]:
    """Open invoices the money may be for, best first, in one question.

    The exact value, or that with the fine and interest of its day, weighs most; then the customer of the invoice a Pix
    named, then a due date near the day. With `name`, only those of customers whose names have these words: no bank
    tells us who paid. Of an account of one company only its invoices.
    """
    found = [_weighed(invoice, person, money, name) for invoice, person in db.session.execute(_rows(money, name))]
    best = sorted((one for one in found if one[0] or name), key=lambda one: (-one[0], one[1], one[2].invoice.id))
    return [candidate for _, _, candidate in best[:CANDIDATES]]


def _rows(money: Money, name: str) -> Select[*tuple[Any, ...]]:
    rows = select(Invoice, Person.name).join(Person, Person.id == Invoice.person_id).where(Invoice.status == "open")
    if money.company_id != TODAS:
        rows = rows.where(Invoice.company_id == money.company_id)
    rest = Invoice.total_cents - Invoice.paid_cents
    for word in searchable(name).split():
        rows = rows.where(Person.search_text.contains(word, autoescape=True))
    if not name:
        least = int(money.cents * LATE_SHARE)
        late = and_(rest.between(least, money.cents), Invoice.due_on < (money.on or date.max))
        theirs = Invoice.person_id == money.person_id
        rows = rows.where(or_(rest == money.cents, Invoice.total_cents == money.cents, late, theirs))
    return rows.order_by(func.abs(rest - money.cents), Invoice.due_on, Invoice.id).limit(LOOKED_AT)


def _weighed(invoice: Invoice, person: str, money: Money, name: str) -> tuple[int, int, Candidate]:
    """How much speaks for it, how far its due date is from the day, and the words."""
    why, weight = [], 0
    owed = invoice.amount_due(money.on) if money.on else None
    if money.cents == invoice.open_cents:
        why, weight = ["valor exato"], 4
    elif owed and owed.late_cents and money.cents == owed.total_cents:
        why, weight = [f"valor com {brl(owed.late_cents)} de multa e juros em {day(money.on)}"], 4
    elif money.cents == invoice.total_cents:
        why, weight = [f"valor inteiro; faltam {brl(invoice.open_cents)}"], 2
    if name:
        why.append("nome parecido")
    elif money.person_id == invoice.person_id:
        why.append("do cliente que o Pix pagava")
        weight += 2
    apart = abs((invoice.due_on - money.on).days) if money.on else NEAR.days + 1
    if money.on and apart <= NEAR.days and why:
        after = "depois" if invoice.due_on > money.on else "antes"
        why.append(f"vencimento {counted(apart, 'dia')} {after}" if apart else "vencimento no mesmo dia")
        weight += 1
    return weight, apart, Candidate(invoice, person, why)
