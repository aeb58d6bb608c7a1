"""The Planner: columns, one card for each customer, notes and moves that nobody skips (U-11 to U-33)."""

from models.boards.board_column import FIXED, BoardColumn, Place, places
from models.boards.card import Card
from models.boards.card_move import CardMove, last_move, make, require_seen
from models.boards.card_note import CardNote, proposed, write
from models.boards.gate import Facts, Undone, refusal_to_move, undone
from models.boards.launch import cancel, launch, refusal_to_cancel, waits_behind
from models.boards.turn import (
    adjust_contract,
    make_extensions,
    refusal_to_adjust,
    refusal_to_make,
    refusal_to_take_back,
    take_back_adjustment,
)
from models.boards.under_way import UnderWay, card_of, still_to_add, under_way

__all__ = [
    "FIXED",
    "BoardColumn",
    "Card",
    "CardMove",
    "CardNote",
    "Facts",
    "Place",
    "UnderWay",
    "Undone",
    "adjust_contract",
    "cancel",
    "card_of",
    "last_move",
    "launch",
    "make",
    "make_extensions",
    "places",
    "proposed",
    "refusal_to_adjust",
    "refusal_to_cancel",
    "refusal_to_make",
    "refusal_to_move",
    "refusal_to_take_back",
    "require_seen",
    "still_to_add",
    "take_back_adjustment",
    "under_way",
    "undone",
    "waits_behind",
    "write",
]
