"""Who did what: the acting context, the event table and the catalogue of actions (architecture 7)."""

from models.history.acting import Acting, Actor, NobodyActing, OfCompany, OfOneCompany, acting, who
from models.history.actions import ACTIONS, Action
from models.history.event import Event, event_values, track
from models.history.retires import Retires

__all__ = [
    "ACTIONS",
    "Acting",
    "Action",
    "Actor",
    "Event",
    "NobodyActing",
    "OfCompany",
    "OfOneCompany",
    "Retires",
    "acting",
    "event_values",
    "track",
    "who",
]
