"""Numbers people read aloud: no gap, no double."""

from models.numbers.counter import Counter, take

__all__ = ["Counter", "take"]
