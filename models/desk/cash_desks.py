"""The list of cash desks (B-17); one of them is shown by models/billing/cash_report.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import ColumnElement, Select, func, select

from models import clock
from models.base import db
from models.billing import CashDesk
from models.desk.exports import MOST
from models.keyset import By, Key, Keyset
from models.operators import Company
from models.scope import TODAS

PAGE = 50
OLDEST = Keyset(By(CashDesk.opened_at), By(CashDesk.id))
ORDERS = {"-abertura": OLDEST.turned(), "abertura": OLDEST}
SHOWN = {"open": "Abertos", "closed": "Fechados", "differing": "Com diferença", "all": "Todos"}
HEADS = {
    "desk.id": "Caixa",
    "desk.operator_name": "Operador",
    "company": "Empresa",
    "opened": "Aberto em",
    "closed": "Fechado em",
    "desk.cash_cents": "Esperado",
    "desk.counted_cents": "Contado",
    "desk.difference_cents": "Diferença",
    "desk.closing_reason": "Motivo",
}


@dataclass(frozen=True)
class Filter:
    """What is asked of the list; `operator_id` None: of everybody."""

    shown: str = "all"
    operator_id: int | None = None
    company_id: int | None = None
    opened_from: date | None = None
    opened_until: date | None = None
    order: str = "-abertura"

    def conditions(self) -> list[ColumnElement[bool]]:
        by_status: dict[str, list[ColumnElement[bool]]] = {
            "open": [CashDesk.closed_at.is_(None)],
            "closed": [CashDesk.closed_at.is_not(None)],
            "differing": [CashDesk.counted_cents != CashDesk.cash_cents],
        }
        asked = by_status.get(self.shown, [])
        if self.operator_id is not None:
            asked.append(CashDesk.operator_id == self.operator_id)
        if self.company_id is not None:
            asked.append(CashDesk.company_id == self.company_id)
        if self.opened_from:
            asked.append(CashDesk.opened_at >= clock.at(self.opened_from, time.min))
        if self.opened_until:
            asked.append(CashDesk.opened_at <= clock.end_of(self.opened_until))
        return asked


class ListedDesk(NamedTuple):
    desk: CashDesk
    company: str
    zone: str

    @property
    def difference(self) -> str:
        words = self.desk.difference_words
        return words[:1].upper() + words[1:]

    @property
    def opened(self) -> str:
        return f"{clock.local(self.desk.opened_at, self.zone):%d/%m/%Y %H:%M}"

    @property
    def closed(self) -> str:
        return f"{clock.local(self.desk.closed_at, self.zone):%d/%m/%Y %H:%M}" if self.desk.closed_at else ""


class Totals(TypedDict):
    count: int
    cash_cents: int
    difference_cents: int


@dataclass(frozen=True)
class Found:
    rows: list[ListedDesk]
    more: bool

    def last(self) -> Key | None:
        return OLDEST.of(self.rows[-1].desk) if self.more else None


def find_desks(wanted: Filter, after: Key | None = None) -> Found:
    """A page of the desks somebody may see."""
    rows = ORDERS[wanted.order].page(_rows(wanted), after, PAGE)
    found = [ListedDesk._make(row) for row in db.session.execute(rows)]
    return Found(found[:PAGE], len(found) > PAGE)


def lines(wanted: Filter) -> list[ListedDesk]:
    """All that is asked for, as far as one file goes."""
    rows = ORDERS[wanted.order].page(_rows(wanted), None, MOST)
    return [ListedDesk._make(row) for row in db.session.execute(rows)]


def totals(wanted: Filter) -> Totals:
    """How many are asked for, and what they sum to."""
    difference = func.sum(CashDesk.counted_cents - CashDesk.cash_cents)
    rows = select(func.count(), func.coalesce(func.sum(CashDesk.cash_cents), 0), func.coalesce(difference, 0))
    count, cash, apart = db.session.execute(rows.where(*wanted.conditions())).one()
    return {"count": count or 0, "cash_cents": int(cash or 0), "difference_cents": int(apart or 0)}


def _rows(wanted: Filter) -> Select[*tuple[Any, ...]]:
    rows = select(CashDesk, Company.name, Company.zone).join(Company, Company.id == CashDesk.company_id)
    return rows.where(*wanted.conditions())


def open_desks(operator_id: int) -> list[ListedDesk]:
    """Those an operator has open where they work now, one for each company."""
    rows = _rows(Filter("open", operator_id)).order_by(CashDesk.id)
    return [ListedDesk._make(row) for row in db.session.execute(rows)]


def desk_operators() -> list[tuple[int, str]]:
    """Who had a desk, for the filter."""
    rows = select(CashDesk.operator_id, func.max(CashDesk.operator_name).label("name")).group_by(CashDesk.operator_id)
    return [(row.operator_id, row.name) for row in db.session.execute(rows.order_by("name"))]


def desk_companies() -> list[tuple[int, str]]:
    """The companies a desk can be opened in, where somebody works."""
    rows = select(Company.id, Company.name).where(
        Company.id != TODAS, Company.inactive_since.is_(None), *Company.seen()
    )
    return [(row.id, row.name) for row in db.session.execute(rows.order_by(Company.name))]
