"""The orders of a customer that are under way, and on whose turn their card stands (U-06, U-27)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from models import clock
from models.base import db
from models.boards.board_column import BoardColumn
from models.boards.card import Card
from models.operators import Department
from models.telephony import UpgradeOrder
from models.telephony.upgrade_order import ALIVE
from models.wording import counted


class UnderWay(NamedTuple):
    order: UpgradeOrder
    card_id: int
    column: str
    entered_at: datetime
    sector: str | None

    @property
    def stands(self) -> str:
        """How long its card has been where it is."""
        days = (clock.now() - self.entered_at).days
        return counted(days, "dia") if days else "hoje"


def under_way(person_id: int) -> list[UnderWay]:
    """Oldest first, in one question."""
    rows = select(UpgradeOrder, Card.id, BoardColumn.name, Card.entered_at, Department.name)
    rows = rows.join(Card, Card.pabx_id == UpgradeOrder.pabx_id)
    rows = rows.join(BoardColumn, BoardColumn.id == Card.board_column_id)
    whose = or_(Department.duty == BoardColumn.duty, Department.id == BoardColumn.department_id)
    rows = rows.outerjoin(Department, whose)
    mine = rows.where(UpgradeOrder.person_id == person_id, UpgradeOrder.status.in_(ALIVE))
    return [UnderWay._make(row) for row in db.session.execute(mine.order_by(UpgradeOrder.id))]


def still_to_add(person_id: int, contract_id: int) -> int:
    """What the orders under way add to a contract once finance adjusts it to them, in cents per month (U-16)."""
    orders = (row.order for row in under_way(person_id))
    return sum(order.total_cents for order in orders if order.contract_id == contract_id and not order.adjusted_at)


def card_of(pabx_id: int | None) -> Card | None:
    """The card of a panel, where there is one yet."""
    return db.session.scalars(select(Card).where(Card.pabx_id == pabx_id)).first() if pabx_id else None
