"""Planner: the board of telephony upgrades, its cards, notes and moves."""

from staff.planner import cards
from staff.planner.menu import PLANNER
from web.navigation import lights

planner = lights(PLANNER, cards.cards)
