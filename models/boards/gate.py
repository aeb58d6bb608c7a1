"""What keeps a card in its column: whose turn it is, and the work without which the next stage would be untrue (U-25).

The board, the menu and the move ask here, so a button never leads to its own refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from models.base import db
from models.boards.board_column import Place
from models.telephony import PabxItem, UpgradeOrder
from models.wording import listed

SUPERVISES = "Só a Supervisão devolve um card, com motivo."


class Facts(NamedTuple):
    """What of an order decides whether its card goes on; `unmarked` names the extensions nobody installed yet."""

    counted: str
    has_extensions: bool
    made: bool
    adjusted: bool
    unmarked: Sequence[str]


class Undone(NamedTuple):
    """Work that is missing: as the card says it, and as a refusal."""

    words: str
    sentence: str


def undone(here: Place, to: Place, among: Sequence[Place], orders: Sequence[Facts]) -> Undone | None:
    """What has to be done before a card goes from one column to a later one, the note apart (U-18, U-19, U-21)."""
    finance = next(place for place in among if place.key == "finance")
    crosses = here.position < finance.position <= to.position
    if crosses and (waiting := [order.counted for order in orders if order.has_extensions and not order.made]):
        return Undone("Falta criar os ramais", f"Crie antes os ramais no Painel PABX: {listed(waiting)}.")
    if not to.is_done:
        return None
    if waiting := [order.counted for order in orders if not order.adjusted]:
        return Undone("Falta ajustar o contrato", f"Ajuste antes o contrato: {listed(waiting)}.")
    if names := [name for order in orders for name in order.unmarked]:
        are = "está instalado nem com dados enviados" if len(names) == 1 else "estão instalados nem com dados enviados"
        return Undone(
            "Falta marcar a instalação", f"Ainda não {are}: {listed(names)}. Peça ao Suporte que marque no card."
        )
    return None


def refusal_to_move(
    here: Place, to: Place | None, among: Sequence[Place], orders: Sequence[Facts], *, supervises: bool
) -> str | None:
    """Why a card does not go there, the note apart; the same sentence draws the menu (U-13, U-25).

    `among` are the columns in use, `orders` those of the card under way.
    """
    if to is None:
        return "Esta coluna não está mais no quadro. Atualize a página."
    if to.id == here.id:
        return f"O card já está em {here.name}."
    if to.position < here.position:
        return None if supervises else SUPERVISES
    if not here.is_mine:
        return f"Agora é a {here.turn}. Só esse setor passa o card adiante."
    if between := [place for place in among if place.key and here.position < place.position < to.position]:
        return f"Passa antes {'pelo' if between[0].key == 'finance' else 'por'} {between[0].name}."
    missing = undone(here, to, among, orders)
    return missing.sentence if missing else None


def facts_of(orders: Sequence[UpgradeOrder], to: Place | None) -> list[Facts]:
    """What of these orders decides on the way there; which extensions wait only the last column asks."""
    waiting = _unmarked(orders) if to and to.is_done else {}
    return [
        Facts(
            order.counted,
            order.has_extensions,
            order.made_at is not None,
            order.adjusted_at is not None,
            waiting.get(order.id, ()),
        )
        for order in orders
    ]


def _unmarked(orders: Sequence[UpgradeOrder]) -> dict[int | None, list[str]]:
    """The extensions of each order that nobody installed yet, in one question."""
    waiting: dict[int | None, list[str]] = {}
    rows = select(PabxItem).where(PabxItem.order_id.in_([order.id for order in orders]), PabxItem.status == "ordered")
    for item in db.session.scalars(rows.order_by(PabxItem.id)):
        waiting.setdefault(item.order_id, []).append(item.called)
    return waiting
