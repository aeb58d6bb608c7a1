"""What a customer asks about on the telephone beside money owed: was it paid, was I told, what is open (B-13).

Payments, money on its way, notices and cards in one question; open tickets in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, String, bindparam, cast, func, literal, null, or_, select, type_coerce, union_all
from sqlalchemy.orm import load_only

from models import clock
from models.base import BigInt, Utc, db
from models.billing import PAID_BY, Charge, Invoice, Payment
from models.boards import BoardColumn, Card
from models.collection import PixCharge, PixReceipt
from models.collection.bank_file import BankFile, BankFileRecord
from models.desk.notices import IN_CENTRAL
from models.desk.ticket_signs import Clock
from models.dunning import DebtNotice
from models.notices import NOTICE_STATUSES, Notice
from models.operators import Department
from models.tickets import OPEN, Ticket
from models.wording import brl, near, short_day

LAST = 3  # payments and notices of the page
MOST = 50  # open tickets that are counted
OF_MONEY = ("invoice", "carne", "debt", "paid", "unlock", "contest", "receipt")  # "mandou o boleto?"
COLUMNS = ("id", "day", "at", "title", "detail", "state", "cents")
_PERSON: Any = bindparam("person")
# Why money that came in is not settled yet.
ON_ITS_WAY = {
    "pix_waiting": "o banco ainda não confirmou",
    "pix_divergent": "o valor não bateu com a fatura: confira em Pix recebidos",
    "file_waiting": "está em um retorno ainda não processado",
    "file_quarantine": "parou na conferência do retorno: associe à fatura",
}


class Paid(NamedTuple):
    """Money that came in and counts."""

    invoice_id: int | None
    on: date
    means: str
    cents: int

    @property
    def words(self) -> str:
        return f"{PAID_BY[self.means]} em {short_day(self.on)}"


class Coming(NamedTuple):
    """Money that came in and is not settled yet, and why."""

    on: date
    means: str
    cents: int
    state: str

    @property
    def why(self) -> str:
        return ON_ITS_WAY[self.state]

    @property
    def words(self) -> str:
        return f"{self.means} de {brl(self.cents)}, pago em {short_day(self.on)}: {self.why}."


class Told(NamedTuple):
    """A notice with the way it went and what became of it."""

    title: str
    by: str
    status: str
    at: datetime

    @property
    def words(self) -> str:
        return f"{NOTICE_STATUSES[self.status]} {near(self.at)}, {self.by}"


class CardPlace(NamedTuple):
    """The card of the Planner, and where it stands."""

    id: int
    column: str
    since: datetime


@dataclass(frozen=True)
class News:
    paid: list[Paid]
    coming: list[Coming]
    told: list[Told]
    cards: list[CardPlace]


class OpenTicket(NamedTuple):
    ticket: Ticket
    department: str | None

    @property
    def clock(self) -> Clock:
        return Clock.of(self.ticket)


def news(person_id: int) -> News:
    """The last payments and notices, all that is on its way, the cards; one question."""
    found: dict[str, list[Any]] = {kind: [] for kind in ("paid", "coming", "told", "card")}
    for row in db.session.execute(_news(), {"person": person_id}):
        found[row.kind].append(row)
    return News(
        paid=[Paid(row.id, row.day, row.state, row.cents) for row in found["paid"][:LAST]],
        coming=[
            Coming(row.day or clock.local(row.at).date(), row.title, row.cents, row.state) for row in found["coming"]
        ],
        told=[Told(row.title, row.detail, row.state, row.at) for row in found["told"][:LAST]],
        cards=[CardPlace(row.id, row.title, row.at) for row in found["card"]],
    )


def open_tickets(person_id: int) -> list[OpenTicket]:
    """Started and not finished, the first to fall due on top; one question."""
    return [OpenTicket._make(row) for row in db.session.execute(_tickets(), {"person": person_id})]


@cache
def _tickets() -> Select[*tuple[Any, ...]]:
    needed = (
        Ticket.protocol,
        Ticket.status,
        Ticket.report,
        Ticket.typed,
        Ticket.started_at,
        Ticket.due_at,
        Ticket.warns_at,
        Ticket.paused_at,
        Ticket.closed_at,
    )
    return (
        select(Ticket, Department.name)
        .outerjoin(Department, Department.id == Ticket.department_id)
        .where(Ticket.person_id == _PERSON, Ticket.status.in_(OPEN))
        .order_by(Ticket.due_at, Ticket.id)
        .limit(MOST)
        .options(load_only(*needed, raiseload=True))
    )


@cache
def _news() -> Select[*tuple[Any, ...]]:
    mine = select(Invoice.id).where(Invoice.person_id == _PERSON)
    parts = (_paid_invoices(), _paid_charges(), _pix(mine), _lines(mine), _mails(), _debts(), _cards())
    each = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(each).order_by(each.c.day.desc(), each.c.at.desc(), each.c.id.desc())


def _row(kind: str, table: Any, **columns: Any) -> Select[*tuple[Any, ...]]:
    """A part of the union: every part has the same columns, of the same types on both databases."""
    types: dict[str, Any] = {"id": BigInt, "day": Date, "at": Utc, "cents": BigInt}
    shown = [literal(kind).label("kind")]
    for name in COLUMNS:
        of = types.get(name, String)
        column = type_coerce(columns[name], of) if name in columns else cast(null(), of)
        shown.append(column.label(name))
    return select(*shown).select_from(table)


def _payment() -> Select[*tuple[Any, ...]]:
    row = _row(
        "paid",
        Payment,
        id=Payment.invoice_id,
        day=Payment.paid_on,
        at=Payment.created_at,
        state=Payment.means,
        cents=Payment.amount_cents,
    )
    return row.where(Payment.stands()).order_by(Payment.paid_on.desc(), Payment.id.desc()).limit(LAST)


def _paid_invoices() -> Select[*tuple[Any, ...]]:
    return _payment().join(Invoice, Invoice.id == Payment.invoice_id).where(Invoice.person_id == _PERSON)


def _paid_charges() -> Select[*tuple[Any, ...]]:
    return _payment().join(Charge, Charge.id == Payment.charge_id).where(Charge.person_id == _PERSON)


def _pix(mine: Select[int]) -> Select[*tuple[Any, ...]]:
    """A Pix that the bank has not confirmed, or that is not what its invoice costs."""
    asked = select(PixCharge.txid).where(PixCharge.invoice_id.in_(mine))
    own = select(Invoice.txid).where(Invoice.person_id == _PERSON)
    whose = or_(PixReceipt.invoice_id.in_(mine), PixReceipt.txid.in_(own), PixReceipt.txid.in_(asked))
    row = _row(
        "coming",
        PixReceipt,
        id=PixReceipt.id,
        at=PixReceipt.happened_at,
        title=literal("Pix"),
        state=literal("pix_").concat(PixReceipt.outcome),
        cents=PixReceipt.amount_cents,
    )
    return row.where(PixReceipt.outcome.in_(("waiting", "divergent")), whose)


def _lines(mine: Select[int]) -> Select[*tuple[Any, ...]]:
    """Money in a retorno that nobody has settled."""
    row = _row(
        "coming",
        BankFileRecord,
        id=BankFileRecord.id,
        day=BankFileRecord.occurred_on,
        at=BankFile.created_at,
        title=literal("Boleto"),
        state=literal("file_").concat(BankFileRecord.outcome),
        cents=BankFileRecord.paid_cents,
    )
    row = row.join(BankFile, BankFile.id == BankFileRecord.bank_file_id)
    unsettled = BankFileRecord.outcome.in_(("waiting", "quarantine")) & (BankFileRecord.paid_cents > 0)
    return row.where(BankFileRecord.invoice_id.in_(mine), unsettled)


def _mails() -> Select[*tuple[Any, ...]]:
    row = _row(
        "told",
        Notice,
        id=Notice.id,
        at=func.coalesce(Notice.sent_at, Notice.created_at),
        title=Notice.subject,
        detail=Notice.address,
        state=Notice.status,
    )
    of_money = row.where(Notice.person_id == _PERSON, Notice.kind.in_(OF_MONEY))
    return of_money.order_by(Notice.id.desc()).limit(LAST)


def _debts() -> Select[*tuple[Any, ...]]:
    """Told in the Central, for want of an e-mail that works."""
    row = _row(
        "told",
        DebtNotice,
        id=DebtNotice.id,
        at=DebtNotice.created_at,
        title=literal("Débito da fatura ").concat(cast(Invoice.number, String)).concat(" em aberto"),
        detail=literal(IN_CENTRAL.lower()),
        state=literal("sent"),
    )
    row = row.join(Invoice, Invoice.id == DebtNotice.invoice_id)
    mine = row.where(DebtNotice.person_id == _PERSON, DebtNotice.channel == "portal")
    return mine.order_by(DebtNotice.id.desc()).limit(LAST)


def _cards() -> Select[*tuple[Any, ...]]:
    row = _row("card", Card, id=Card.id, at=Card.entered_at, title=BoardColumn.name)
    return row.join(BoardColumn, BoardColumn.id == Card.board_column_id).where(Card.person_id == _PERSON)
