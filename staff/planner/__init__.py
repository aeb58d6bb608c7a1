"""Planner: the board of telephony upgrades, its cards, notes and moves."""

from staff.planner import (
    card_moves,
    card_notes,
    cards,
    contract_adjustments,
    finished_cards,
    order_cancellations,
    order_extensions,
)
from staff.planner.menu import PLANNER
from web.navigation import lights

planner = lights(
    PLANNER,
    cards.cards,
    finished_cards.finished_cards,
    card_moves.card_moves,
    card_notes.card_notes,
    order_extensions.order_extensions,
    contract_adjustments.contract_adjustments,
    order_cancellations.order_cancellations,
)
