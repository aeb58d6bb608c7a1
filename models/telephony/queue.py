"""What waits for Comercial or for triage, since when and from whom; and what has ended (U-05, U-34)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from models import clock
from models.base import db
from models.keyset import By, Key, Keyset
from models.operators import Department, Operator
from models.people import Person
from models.telephony.pabx import Pabx
from models.telephony.pabx_item import PabxItem, same_name
from models.telephony.upgrade_order import UpgradeOrder
from models.telephony.upgrade_request import STAGES, STATUSES, UpgradeRequest
from models.wording import counted, phone, waited

TITLES = {"negotiation": "Em negociação", "triage": "Em triagem", "ended": "Encerrados"}
PAGE = 25
SLOW, TOO_SLOW = 2, 5  # days
_AT = UpgradeRequest.id  # the last of every order
ORDERS = {
    "negotiation": Keyset(By(UpgradeRequest.forwarded_at), By(_AT)),
    "triage": Keyset(By(UpgradeRequest.created_at), By(_AT)),
    "ended": Keyset(By(UpgradeRequest.ended_at, descending=True), By(_AT, descending=True)),
}


class Had(NamedTuple):
    """How many of a kind a customer has contracted, and how many of them are free."""

    contracted: int
    free: int


class Waiting:
    """A row of the queue."""

    def __init__(
        self, request: UpgradeRequest, customer: str, by: str, sector: str | None, order: str | None, had: Had
    ) -> None:
        self.request, self.customer, self.by, self.sector, self._had = request, customer, by, sector or "", had
        self._order = order

    @property
    def stands(self) -> str:
        """Its status in words; of one that was launched, what became of its order."""
        if self._order in (None, "open"):
            return self.request.status_words
        return {"queued": "Na fila do Planner", "done": "Concluído", "cancelled": "Pedido cancelado"}[self._order]

    @cached_property
    def since(self) -> datetime:
        row = self.request
        return {"negotiation": row.forwarded_at, "ended": row.ended_at}.get(row.stage) or row.created_at

    @property
    def days(self) -> int:
        return (clock.now() - self.since).days

    @property
    def tone(self) -> str:
        """Of the wait: 'neu', 'warn' from two days on, 'bad' from five."""
        return "bad" if self.days >= TOO_SLOW else "warn" if self.days >= SLOW else "neu"

    @property
    def waited(self) -> str:
        """'5 dias', 'há 3 h', 'há 20 min'."""
        return waited(clock.now() - self.since)

    @property
    def had(self) -> str:
        """'8 contratados, 8 em uso', '1 livre', 'linha, intenção confirmada'."""
        if self.request.is_line:
            return "linha, intenção confirmada"
        if not self._had.contracted:
            return "nenhum contratado"
        contracted = counted(self._had.contracted, "contratado")
        return f"{contracted}, {counted(self._had.free, 'livre')}" if self._had.free else f"{contracted}, nenhum livre"

    @property
    def detail(self) -> str:
        """'(37) 3221-1000, da Vivo', 'pediu 3, usou 1 do que tinha', or what was noted."""
        row = self.request
        if row.is_line:
            return ", da ".join(filter(None, [phone(row.line_number) if row.line_number else "", row.donor]))
        return f"pediu {row.wanted}, usa {row.used} que já tinha" if row.used else row.note


def find(stage: str, after: Key | None = None) -> tuple[list[Waiting], Key | None]:
    """A page of the queue in two questions, and the key of its last row when more follow."""
    order = ORDERS[stage]
    rows = list(db.session.execute(order.page(_rows().where(_of(stage)), after, PAGE)))
    shown = rows[:PAGE]
    had = _had([row[0] for row in shown])
    found = [Waiting(*row, had.get(_key(row[0]), Had(0, 0))) for row in shown]
    return found, order.of(shown[-1][0]) if len(rows) > PAGE else None


def one(request: UpgradeRequest) -> Waiting:
    """The same of a single request."""
    row = db.session.execute(_rows().where(UpgradeRequest.id == request.id)).one()
    return Waiting(*row, _had([request]).get(_key(request), Had(0, 0)))


class Counts(NamedTuple):
    """How many wait, and how many of those for Comercial do so for more than two days."""

    triage: int
    negotiation: int
    slow: int


def counts() -> Counts:
    late = UpgradeRequest.forwarded_at <= clock.now() - timedelta(days=SLOW)
    asked = select(
        func.count().filter(_of("triage")),
        func.count().filter(_of("negotiation")),
        func.count().filter(_of("negotiation"), late),
    ).select_from(UpgradeRequest)
    return Counts._make(db.session.execute(asked.where(UpgradeRequest.status.in_(STAGES))).one())


def waiting_of(person_id: int) -> list[UpgradeRequest]:
    """The requests of a customer that have not ended, the oldest first."""
    rows = select(UpgradeRequest).where(UpgradeRequest.person_id == person_id, UpgradeRequest.status.in_(STAGES))
    return list(db.session.scalars(rows.order_by(UpgradeRequest.id)))


def _of(stage: str) -> ColumnElement[bool]:
    ended = [status for status in STATUSES if status not in STAGES]
    return UpgradeRequest.status.in_([key for key, of in STAGES.items() if of == stage] or ended)


def _rows() -> Select[Any, Any, Any, Any, Any]:
    """With who forwarded it and from which sector; who registered it where nobody did."""
    sent, taken = aliased(Operator), aliased(Operator)
    sent_from, taken_by = aliased(Department), aliased(Department)
    rows = select(
        UpgradeRequest,
        Person.name,
        func.coalesce(sent.name, taken.name),
        func.coalesce(sent_from.name, taken_by.name),
        UpgradeOrder.status,
    )
    rows = rows.outerjoin(UpgradeOrder, UpgradeOrder.request_id == UpgradeRequest.id)
    rows = rows.join(Person, Person.id == UpgradeRequest.person_id)
    rows = rows.join(taken, taken.id == UpgradeRequest.author_id)
    rows = rows.join(taken_by, taken_by.id == UpgradeRequest.author_department_id)
    rows = rows.outerjoin(sent, sent.id == UpgradeRequest.forwarded_by_id)
    return rows.outerjoin(sent_from, sent_from.id == UpgradeRequest.forwarded_from_id)


def _key(request: UpgradeRequest) -> tuple[int, int, str, str]:
    module = same_name(request.module) if request.kind == "module" else ""
    return request.company_id, request.person_id, request.kind, module


def _had(requests: list[UpgradeRequest]) -> dict[tuple[int, int, str, str], Had]:
    """What each customer has of what they ask for, in one question."""
    name = PabxItem.name
    asked = select(
        Pabx.company_id, Pabx.person_id, PabxItem.kind, name, func.count(), func.count().filter(_is_free())
    ).join(Pabx, Pabx.id == PabxItem.pabx_id)
    asked = asked.where(
        Pabx.person_id.in_({row.person_id for row in requests}),
        PabxItem.contracted_on.is_not(None),
        PabxItem.status != "withdrawn",
    )
    found: dict[tuple[int, int, str, str], Had] = {}
    for company, person, kind, named, contracted, free in db.session.execute(
        asked.group_by(Pabx.company_id, Pabx.person_id, PabxItem.kind, name)
    ):
        key = company, person, kind, same_name(named) if kind == "module" else ""
        before = found.get(key, Had(0, 0))
        found[key] = Had(before.contracted + contracted, before.free + free)
    return found


def _is_free() -> ColumnElement[bool]:
    return PabxItem.status == "free"
