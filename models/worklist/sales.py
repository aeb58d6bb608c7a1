"""The sales of Início: those of the month by day, and the stages of telephony (B-15)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import cast as as_type
from sqlalchemy import func, null, select, union_all

from models import clock
from models.base import BigInt, db
from models.boards import BoardColumn, Card
from models.services import Service
from models.telephony import STAGES, UpgradeRequest
from models.worklist.waiting import is_under_way

QUEUES = {"triage": ("Em triagem", "triagem"), "negotiation": ("Em negociação", "negociacao")}


class Sold(NamedTuple):
    """Services sold on each day of this month until today, and how many by this day of the last."""

    days: list[tuple[date, int]]
    before: int

    @property
    def total(self) -> int:
        return sum(many for _, many in self.days)


class Stage(NamedTuple):
    """A stage of telephony; `key` is that of a queue of requests, empty where `column` is one of the board."""

    words: str
    key: str
    column: int | None
    many: int


def sold() -> Sold:
    today = clock.today()
    first = today.replace(day=1)
    last_first = (first - timedelta(1)).replace(day=1)
    rows = select(Service.sold_on, func.count()).where(Service.sold_on >= last_first, Service.sold_on <= today)
    found = dict(db.session.execute(rows.group_by(Service.sold_on)).all())
    days = [(first + timedelta(at), found.get(first + timedelta(at), 0)) for at in range(today.day)]
    until = min(last_first + timedelta(today.day - 1), first - timedelta(1))
    return Sold(days, sum(many for on, many in found.items() if on <= until))


def stages() -> list[Stage]:
    """Requests that wait, and cards that are under way, in the order of the procedure; one question."""
    asked = select(
        UpgradeRequest.status.label("stage"),
        as_type(null(), BigInt).label("column"),
        func.count().label("many"),
        as_type(null(), BigInt).label("position"),
    )
    asked = asked.where(UpgradeRequest.status.in_(STAGES)).group_by(UpgradeRequest.status)
    cards = select(Card.board_column_id, func.count().label("many")).where(is_under_way())
    per = cards.group_by(Card.board_column_id).subquery()
    board = select(BoardColumn.name, BoardColumn.id, func.coalesce(per.c.many, 0), BoardColumn.position)
    board = board.outerjoin(per, per.c.board_column_id == BoardColumn.id).where(BoardColumn.inactive_since.is_(None))
    board = board.where(BoardColumn.key.is_(None) | (BoardColumn.key != "done"))
    rows = db.session.execute(select(union_all(asked, board).subquery())).all()
    waits = {queue: sum(row.many for row in rows if STAGES.get(row.stage) == queue) for queue in QUEUES}
    queues = [Stage(words, slug, None, waits[queue]) for queue, (words, slug) in QUEUES.items()]
    columns = sorted((row for row in rows if row.column), key=lambda row: row.position)
    return [*queues, *(Stage(row.stage, "", row.column, row.many) for row in columns)]
