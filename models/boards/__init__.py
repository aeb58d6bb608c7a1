"""The Planner: columns, one card for each customer, notes and moves that nobody skips (U-11 to U-33)."""

from models.boards.board_column import FIXED, BoardColumn
from models.boards.card import Card
from models.boards.card_move import CardMove, last_move, make, refusal_to_move, turn_words
from models.boards.card_note import CardNote, proposed, question, write
from models.boards.launch import cancel, launch
from models.boards.under_way import UnderWay, card_of, under_way

__all__ = [
    "FIXED",
    "BoardColumn",
    "Card",
    "CardMove",
    "CardNote",
    "UnderWay",
    "cancel",
    "card_of",
    "last_move",
    "launch",
    "make",
    "proposed",
    "question",
    "refusal_to_move",
    "turn_words",
    "under_way",
    "write",
]
