"""Who is at a door: the principal behind a token, and how a subscriber enters the Central (D-11)."""

from models.entry.known import MEANS, Known, others
from models.entry.outcome import Asked, Entered, Outcome, TooOften, Wrong
from models.entry.tries import about
from models.entry.visitor import Visitor

__all__ = ["MEANS", "Asked", "Entered", "Known", "Outcome", "TooOften", "Visitor", "Wrong", "about", "others"]
