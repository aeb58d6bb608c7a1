"""Acts that turn several rooms at once, each decided above them all."""

from models.changes.correction import Correction

__all__ = ["Correction"]
