"""What a sector wrote on a card: without a note of the present stage no card goes on (U-20, U-22, U-23, U-26)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, Id, db
from models.boards.board_column import BoardColumn
from models.boards.card import Card
from models.operators import Department, own_department
from models.refused import Refused
from models.scope import OfCompany, who
from models.telephony import UpgradeOrder
from models.wording import tidy_lines

LONGEST = 1000
# One press proposes it; who uses it still presses to register (U-20, U-22).
PROPOSED = {
    "orders": {"extension": "Ramal criado e instalado no cliente.", "other": "Ajuste técnico feito."},
    "finance": {"extension": "Contrato ajustado conforme upgrade.", "other": "Contrato ajustado conforme upgrade."},
}


class CardNote(OfCompany, Base):
    """Append-only. `order_id` None: a remark, which lets no card go on."""

    __tablename__ = "card_note"

    id: Mapped[Id]
    card_id: Mapped[int]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("upgrade_order.id"))
    board_column_id: Mapped[int] = mapped_column(ForeignKey("board_column.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))
    text: Mapped[str] = mapped_column(String(LONGEST))
    written_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["company_id", "card_id"], ["card.company_id", "card.id"]),
        CheckConstraint("text <> ''", name="text"),
        Index("ix_card_note_card_id_id", "card_id", "id"),
    )


def keep(card: Card, column_id: int, text: str, order: UpgradeOrder | None, mine: Department | None) -> CardNote:
    """Write it down as it is; only the verbs of this room call it."""
    row = CardNote(
        company_id=card.company_id,
        card_id=card.id,
        order_id=order.id if order else None,
        board_column_id=column_id,
        department_id=mine.id if mine else None,
        operator_id=who().actor.id,
        text=text,
        written_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def proposed(key: str | None, kind: str) -> str:
    """What one press writes into the note of an order, in a column; empty in one of the house's own."""
    return PROPOSED.get(key or "", {}).get("extension" if kind == "extension" else "other", "")


def text_errors(text: str, missing: str) -> str | None:
    """What is wrong with a note as it was typed."""
    kept = tidy_lines(text)
    if not kept:
        return missing
    return f"A nota passa de {LONGEST} letras. Encurte, ou divida em duas." if len(kept) > LONGEST else None


def write(card: Card, text: str, order_id: int | None) -> CardNote:
    """Register what was done, or a remark of another sector, which lets no card go on (U-20, U-26).

    Of a card with one order under way it is of that one; with several, it says of which. What is written stays: the
    log is never rewritten, a second note corrects it. Raises Refused.
    """
    card.hold()
    column, mine = db.session.get_one(BoardColumn, card.board_column_id), own_department()
    if refusal := text_errors(text, "Escreva o que foi feito."):
        raise Refused(refusal, field="note")
    turn = column.department()
    counts = mine is not None and turn is not None and mine.id == turn.id and not column.is_done
    order = _order(card, order_id) if counts else None
    row = keep(card, column.id, tidy_lines(text), order, mine)
    if order:
        order.take(noted_at=row.written_at)
    card.record("card.noted", text=row.text, sector=mine.name if mine else "-", order=order.words if order else "-")
    return row


def _order(card: Card, order_id: int | None) -> UpgradeOrder | None:
    """Which order a note of the sector in charge is about."""
    under_way = card.orders("open")
    if order_id is None and len(under_way) <= 1:
        return under_way[0] if under_way else None
    found = next((order for order in under_way if order.id == order_id), None)
    if found is None:
        raise Refused("Diga de qual pedido é a nota.", field="order_id" if len(under_way) > 1 else "note")
    return found
