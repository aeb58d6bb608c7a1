"""Effects on the outside world and the slots of routines: rows, not memory."""

from models.outbox.effect import KINDS, LEASE, TASKS, TRIES, Effect, bury, claim, enqueue, exhausted, waits
from models.outbox.routine_run import RoutineRun, close_slot, take_slot

__all__ = [
    "KINDS",
    "LEASE",
    "TASKS",
    "TRIES",
    "Effect",
    "RoutineRun",
    "bury",
    "claim",
    "close_slot",
    "enqueue",
    "exhausted",
    "take_slot",
    "waits",
]
