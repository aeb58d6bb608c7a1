"""The entry of the Planner in the menu."""

from web.navigation import Entry

PLANNER = Entry(
    "Planner", "layout-kanban", "staff.cards.index", "telephony.read", "turn", ("card na sua vez", "cards na sua vez")
)
