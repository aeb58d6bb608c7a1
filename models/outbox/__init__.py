"""Effects on the outside world and the slots of routines: rows, not memory (architecture 9)."""

from models.outbox.effect import KINDS, Effect, claim, enqueue
from models.outbox.routine_run import RoutineRun, take_slot

__all__ = ["KINDS", "Effect", "RoutineRun", "claim", "enqueue", "take_slot"]
