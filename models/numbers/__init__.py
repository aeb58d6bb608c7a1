"""Numbers people read aloud: no gap, no double."""

from models.numbers.counter import Counter, last_taken, take

__all__ = ["Counter", "last_taken", "take"]
