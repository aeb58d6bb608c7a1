"""A card of the Planner: one customer, with all the orders there ever were (U-11, U-28, D-04)."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Select, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, db
from models.history import track
from models.operators.versioned import Versioned
from models.scope import OfCompany
from models.telephony import Pabx, UpgradeOrder


class Card(Versioned, OfCompany, Base):
    """`version` counts its moves, no other change. A customer that two companies serve has a card in each."""

    __tablename__ = "card"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    pabx_id: Mapped[int] = mapped_column(unique=True)
    board_column_id: Mapped[int] = mapped_column(ForeignKey("board_column.id"))
    entered_at: Mapped[datetime]  # this column
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("company_id", "person_id"),
        UniqueConstraint("company_id", "id"),
        ForeignKeyConstraint(["company_id", "pabx_id"], ["pabx.company_id", "pabx.id"]),
        # With the company a card is counted without being read, with the customer it is searched.
        Index(
            "ix_card_board_column_id_entered_at_id_company_id_person_id",
            "board_column_id",
            "entered_at",
            "id",
            "company_id",
            "person_id",
        ),
    )

    @property
    def label(self) -> str:
        return f"card {self.id}"

    def hold(self) -> Card:
        """Lock its panel, then itself, in the order everybody locks."""
        db.session.get_one(Pabx, self.pabx_id, with_for_update={"key_share": True})
        return db.session.get_one(Card, self.id, with_for_update={"key_share": True}, populate_existing=True)

    def orders(self, *statuses: str) -> list[UpgradeOrder]:
        """Its orders in these statuses, oldest first."""
        return list(db.session.scalars(_orders(), {"pabx_id": self.pabx_id, "statuses": statuses}))

    def record(self, action: str, **data: Any) -> None:
        track(action, self, person_id=self.person_id, company_id=self.company_id, **data)


@cache
def _orders() -> Select[Any]:
    mine = select(UpgradeOrder).where(UpgradeOrder.pabx_id == bindparam("pabx_id"))
    return mine.where(UpgradeOrder.status.in_(bindparam("statuses", expanding=True))).order_by(UpgradeOrder.id)
