"""What a stage does for an order, only while the card stands at it (U-18, U-21, U-25)."""

from __future__ import annotations

from collections.abc import Sequence

from models.boards.board_column import Place, places
from models.boards.card import Card
from models.boards.under_way import card_of
from models.refused import Refused, require
from models.telephony import PabxItem, UpgradeOrder, refusal_to_step
from models.telephony.sectors import Step

PASSED = "O card já passou do Suporte. A Supervisão devolve o card, com motivo."
NOT_YOURS = "Agora é a {turn}. Espere o card voltar ao seu setor."
EARLY = "O card está em {name}. O contrato é ajustado quando chegar ao Financeiro."


def refusal_to_make(
    order: UpgradeOrder, here: Place, among: Sequence[Place], step: Step = refusal_to_step
) -> str | None:
    """Why the extensions of an order are not made while its card stands here."""
    if refusal := order.refusal_to_make(step):
        return refusal
    if here.position >= _finance(among).position:
        return PASSED
    return None if here.is_mine else NOT_YOURS.format(turn=here.turn)


def refusal_to_adjust(
    order: UpgradeOrder, here: Place, among: Sequence[Place], step: Step = refusal_to_step
) -> str | None:
    """Why the contract is not adjusted while the card stands here."""
    if refusal := order.refusal_to_adjust(step):
        return refusal
    return _too_early(here, among)


def refusal_to_take_back(
    order: UpgradeOrder, here: Place, among: Sequence[Place], step: Step = refusal_to_step
) -> str | None:
    """Why an adjustment is not taken back while the card stands here."""
    return order.refusal_to_take_back_adjustment(step) or _too_early(here, among) or order.refusal_since_adjusted()


def _too_early(here: Place, among: Sequence[Place]) -> str | None:
    if here.position < _finance(among).position:
        return EARLY.format(name=here.name)
    return None if here.is_mine else NOT_YOURS.format(turn=here.turn)


def make_extensions(order: UpgradeOrder, version: int | None = None) -> list[PabxItem]:
    """`order.make`, in the stage of support. Raises Refused, Stale."""
    here, among = _stage(order, version)
    require(refusal_to_make(order, here, among), fix=_card(order))
    return order.make()


def adjust_contract(order: UpgradeOrder, version: int | None = None) -> None:
    """`order.adjust`, from the stage of finance on. Raises Refused, Stale."""
    here, among = _stage(order, version)
    require(refusal_to_adjust(order, here, among), fix=_card(order))
    order.adjust()


def take_back_adjustment(order: UpgradeOrder, reason: str, version: int | None = None) -> None:
    """`order.take_back_adjustment`, from the stage of finance on. Raises Refused, Stale."""
    here, among = _stage(order, version)
    require(refusal_to_take_back(order, here, among), fix=_card(order))
    order.take_back_adjustment(reason)


def _stage(order: UpgradeOrder, version: int | None) -> tuple[Place, list[Place]]:
    """Where the card stands, with everything held."""
    order.hold(version)
    card, among = _card(order), places()
    here = next((place for place in among if place.id == card.board_column_id), None)
    if here is None:
        raise Refused("A coluna deste card saiu do quadro. Peça a quem administra que a reative.")
    return here, among


def _card(order: UpgradeOrder) -> Card:
    found = card_of(order.pabx_id)
    if found is None:
        raise Refused("Este pedido não está no Planner.")
    return found


def _finance(among: Sequence[Place]) -> Place:
    return next(place for place in among if place.key == "finance")
