"""Precisa de você: what waits for a role, how much of it, since when and whose (B-15).

All of it is one question: each kind of work is a part of a UNION that counts its rows and gives the first of them. The
list a line leads to asks with the same conditions, so its rows are as many as the line says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, bindparam, cast, exists, func, literal, null, or_, select, union_all

from models import clock
from models.agenda.to_move import cannot_go, collides, is_unplaced_and_late
from models.base import Utc, db
from models.billing import Contest, Invoice
from models.billing.carne_end import ASKS_BEFORE
from models.boards import BoardColumn, Card
from models.catalog import BankAccount
from models.collection import BankFile, BankFileRecord, PixReceipt
from models.desk import operators
from models.desk.board import SLOW
from models.desk.invoices import is_refused
from models.desk.next_carnes import asking, last_due
from models.network import Outage
from models.operators import Company, Operator
from models.outages import OutageCredit
from models.outbox import LeftOut
from models.people import Person
from models.sales import Sale
from models.scope import who
from models.services import Service, Suspension, TrustUnlock
from models.telephony import STAGES, UpgradeOrder, UpgradeRequest
from models.tickets import Ticket
from models.work_orders import PENDING, WorkOrder

NAMED = 3  # rows of a part that are named
Rows = Select[*tuple[Any, ...]]


class Waiting(NamedTuple):
    """One kind of work; `id` is of its only row, or of its first: the oldest, or the one that ends first."""

    key: str
    many: int
    cents: int
    at: datetime | None  # since when the first waits, or until when
    on: date | None  # the same, as a day
    names: list[str]
    id: int


def waiting(keys: Iterable[str], department_id: int, duty: str) -> list[Waiting]:
    """What waits of these kinds (PARTS) for whoever acts, whose sector is given; nothing of a kind: it is not there."""
    wanted = tuple(key for key in PARTS if key in set(keys))
    if not wanted:
        return []
    now, today = clock.now(), clock.today()
    asked = {
        "me": who().actor.id,
        "department": department_id,
        "duty": duty,
        "slow": now - SLOW,
        "now": now,
        "dawn": clock.at(today, time()),
        "tonight": clock.end_of(today),
        "carnes_until": today + ASKS_BEFORE,
    }
    found: dict[tuple[str, int], Waiting] = {}
    for row in db.session.execute(_asked(wanted, who().company_id), asked):
        at_once = (row.key, row.id if row.key in EACH else 0)
        line = found.setdefault(
            at_once, Waiting(row.key, int(row.many), int(row.cents or 0), row.at, row.day, [], row.id)
        )
        if row.name:
            line.names.append(row.name)
    return sorted(found.values(), key=lambda line: wanted.index(line.key))


@lru_cache(200)
def _asked(wanted: tuple[str, ...], _company_id: int) -> Rows:
    """Kept for each company: who sees what of TODAS stands in the text of some of its parts."""
    parts = union_all(*(_part(key) for key in wanted)).subquery()
    return select(parts).order_by(parts.c.key, parts.c.place)


def _part(key: str) -> Rows:
    rows = PARTS[key]().subquery()
    order = (rows.c.at, rows.c.day, rows.c.id)
    each = key in EACH
    first = (
        select(
            literal(key).label("key"),
            (rows.c.many if each else func.count().over()).label("many"),
            (rows.c.cents if each else func.sum(rows.c.cents).over()).label("cents"),
            rows.c.at,
            rows.c.day,
            rows.c.name,
            rows.c.id,
            func.row_number().over(order_by=order).label("place"),
        )
        .order_by(*order)
        .limit(NAMED)
        .subquery()
    )
    return select(first)


def _rows(
    id: Any, *more: Any, at: Any = None, day: Any = None, name: Any = None, cents: Any = None
) -> Select[*tuple[Any, ...]]:
    """The columns of every part; what a kind of work does not have is empty, with the type of the others."""
    return select(
        id.label("id"),
        (cast(null(), Utc()) if at is None else at).label("at"),
        (cast(null(), Date()) if day is None else day).label("day"),
        (literal("") if name is None else name).label("name"),
        (literal(0) if cents is None else cents).label("cents"),
        *more,
    )


def in_my_turn() -> ColumnElement[bool]:
    """A column of the Planner where the sector whose number and duty are asked with works."""
    mine = or_(BoardColumn.duty == bindparam("duty"), BoardColumn.department_id == bindparam("department"))
    return mine & BoardColumn.inactive_since.is_(None) & (BoardColumn.key.is_(None) | (BoardColumn.key != "done"))


def is_under_way() -> ColumnElement[bool]:
    """Has a card something to do? One that rests has not."""
    return exists().where(UpgradeOrder.pabx_id == Card.pabx_id, UpgradeOrder.status.in_(("open", "queued")))


def _cards() -> Rows:
    rows = _rows(Card.id, at=Card.entered_at, name=Person.name).join(Person, Person.id == Card.person_id)
    return rows.join(BoardColumn, BoardColumn.id == Card.board_column_id).where(is_under_way())


def _slow_cards() -> Rows:
    return _cards().where(Card.entered_at <= bindparam("slow", type_=Utc()))


def _requests() -> Rows:
    negotiated = [status for status, stage in STAGES.items() if stage == "negotiation"]
    rows = _rows(UpgradeRequest.id, at=UpgradeRequest.forwarded_at, name=Person.name)
    rows = rows.join(Person, Person.id == UpgradeRequest.person_id)
    return rows.where(UpgradeRequest.status.in_(negotiated))


def _orders(*which: ColumnElement[bool], at: Any) -> Rows:
    """As Painel de O.S. has them."""
    rows = _rows(WorkOrder.id, at=at, name=Person.name).join(Person, Person.id == WorkOrder.person_id)
    return rows.where(WorkOrder.status.in_(PENDING), *which)


def _late_orders() -> Rows:
    return _orders(WorkOrder.ends_at < bindparam("now", type_=Utc()), at=WorkOrder.ends_at)


def _free_orders() -> Rows:
    return _orders(WorkOrder.technician_id.is_(None), at=WorkOrder.created_at)


def _unplaced_orders() -> Rows:
    """Without an hour, and past the deadline of their ticket."""
    rows = _orders(is_unplaced_and_late(), at=Ticket.due_at)
    return rows.join(Ticket, Ticket.id == WorkOrder.ticket_id)


def _clashes() -> Rows:
    """Visits of today that begin while an earlier one of the same technician lasts."""
    today = bindparam("dawn", type_=Utc()), bindparam("tonight", type_=Utc())
    return _orders(collides(), WorkOrder.starts_at.between(*today), at=WorkOrder.starts_at)


def _to_move() -> Rows:
    return _orders(cannot_go(), at=WorkOrder.starts_at)


def _drafts() -> Rows:
    name = func.coalesce(Sale.answers["dados"]["name"].as_string(), "")
    rows = _rows(Sale.id, at=Sale.updated_at, name=name)
    return rows.where(Sale.status == "draft", Sale.operator_id == bindparam("me"))


def _pix(outcome: str) -> Rows:
    rows = _rows(PixReceipt.id, at=PixReceipt.happened_at, cents=PixReceipt.amount_cents)
    return rows.where(PixReceipt.outcome == outcome, *PixReceipt.seen())


def _refused() -> Rows:
    rows = _rows(Invoice.id, day=Invoice.due_on, name=Person.name, cents=Invoice.total_cents)
    return rows.join(Person, Person.id == Invoice.person_id).where(Invoice.status == "open", is_refused())


def _set_aside() -> Rows:
    """A row for each retorno."""
    waits = BankFileRecord.outcome == literal("quarantine", literal_execute=True)
    rows = _rows(
        BankFile.id,
        func.count(BankFileRecord.id).label("many"),
        at=BankFile.created_at,
        name=BankAccount.name,
        cents=func.sum(BankFileRecord.paid_cents),
    )
    rows = rows.join(BankFileRecord, BankFileRecord.bank_file_id == BankFile.id)
    rows = rows.join(BankAccount, BankAccount.id == BankFile.bank_account_id).where(waits, *BankFile.seen())
    return rows.group_by(BankFile.id, BankFile.created_at, BankAccount.name)


def _unread() -> Rows:
    """A row for each retorno that was read and not processed."""
    rows = _rows(BankFile.id, literal(1).label("many"), at=BankFile.created_at, name=BankAccount.name)
    rows = rows.join(BankAccount, BankAccount.id == BankFile.bank_account_id)
    return rows.where(BankFile.status == "read", *BankFile.seen())


def _contests() -> Rows:
    rows = _rows(Contest.id, day=Contest.answer_by, name=Person.name).join(Person, Person.id == Contest.person_id)
    return rows.join(Invoice, Invoice.id == Contest.invoice_id).where(Contest.status == "open")


def _trust() -> Rows:
    """As the rehearsal of today has them."""
    rows = _rows(TrustUnlock.id, at=TrustUnlock.ends_at, name=Person.name)
    rows = rows.join(Service, Service.id == TrustUnlock.service_id).join(Person, Person.id == Service.person_id)
    rows = rows.join(Suspension, (Suspension.service_id == Service.id) & Suspension.ended_at.is_(None))
    rows = rows.join(Company, Company.id == Service.company_id)
    ends = TrustUnlock.ends_at <= bindparam("tonight", type_=Utc())
    return rows.where(TrustUnlock.status == "active", ends)


def _carnes() -> Rows:
    rows = _rows(Service.id, day=last_due(), name=Person.name).join(Person, Person.id == Service.person_id)
    return rows.where(*asking(bindparam("carnes_until", type_=Date())))


def _outages() -> Rows:
    return _rows(Outage.id, at=Outage.opened_at, name=Outage.name).where(Outage.closed_at.is_(None))


def _outage_credits() -> Rows:
    """A row for each outage with credits that nobody has decided about."""
    many, cents = func.count(OutageCredit.id).label("many"), func.sum(OutageCredit.amount_cents)
    rows = _rows(Outage.id, many, at=Outage.closed_at, name=Outage.name, cents=cents)
    rows = rows.join(OutageCredit, OutageCredit.outage_id == Outage.id).where(OutageCredit.status == "proposed")
    return rows.group_by(Outage.id, Outage.closed_at, Outage.name)


def _left_out() -> Rows:
    return _rows(LeftOut.id, at=LeftOut.first_at).where(LeftOut.status == "open", *LeftOut.seen())


def _operators(which: str) -> Rows:
    return _rows(Operator.id, name=Operator.name).where(*operators.waiting(which), *Operator.seen())


# In the order in which they stand on the page, where none is louder.
PARTS: dict[str, Callable[[], Rows]] = {
    "pix_unknown": lambda: _pix("unknown"),
    "pix_divergent": lambda: _pix("divergent"),
    "set_aside": _set_aside,
    "unread": _unread,
    "refused": _refused,
    "contests": _contests,
    "requests": _requests,
    "turn": lambda: _cards().where(in_my_turn()),
    "slow": _slow_cards,
    "late_orders": _late_orders,
    "to_move": _to_move,
    "clashes": _clashes,
    "unplaced": _unplaced_orders,
    "free_orders": _free_orders,
    "drafts": _drafts,
    "trust": _trust,
    "carnes": _carnes,
    "outages": _outages,
    "outage_credits": _outage_credits,
    "left_out": _left_out,
    "invited": lambda: _operators("convite"),
    "unproved": lambda: _operators("sem-codigo"),
}
EACH = frozenset({"set_aside", "unread", "outage_credits"})  # of these every row is a line of its own
