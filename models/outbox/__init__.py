"""Effects on the outside world, the slots of routines, and what was left out: rows, not memory."""

from models.outbox.effect import KINDS, LEASE, TASKS, TRIES, Effect, bury, claim, enqueue, exhausted, waiting, waits
from models.outbox.left_out import (
    STATUSES,
    WORKS,
    Left,
    LeftOut,
    keep_left_out,
    open_keys,
    solve,
)
from models.outbox.routine_run import RoutineRun, close_slot, fail_slot, take_slot, troubled
from models.outbox.routines import ROUTINES, Trouble

__all__ = [
    "KINDS",
    "LEASE",
    "ROUTINES",
    "STATUSES",
    "TASKS",
    "TRIES",
    "WORKS",
    "Effect",
    "Left",
    "LeftOut",
    "RoutineRun",
    "Trouble",
    "bury",
    "claim",
    "close_slot",
    "enqueue",
    "exhausted",
    "fail_slot",
    "keep_left_out",
    "open_keys",
    "solve",
    "take_slot",
    "troubled",
    "waiting",
    "waits",
]
