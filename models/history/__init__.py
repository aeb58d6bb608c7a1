"""Who did what: the event table and the catalogue of actions."""

from models.history.action import Action
from models.history.catalogue import ACTIONS
from models.history.event import Event, event_values, latest_change, track

__all__ = ["ACTIONS", "Action", "Event", "event_values", "latest_change", "track"]
