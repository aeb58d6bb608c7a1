"""The ladder of a debt: told, cut, back; and what holds it (RGC, X-07, D-24)."""

from models.dunning.cut import Cut
from models.dunning.debt_notice import DebtNotice
from models.dunning.debt_release import DebtRelease
from models.dunning.hold import Hold
from models.dunning.ladder import STEPS, Step, climb, look_again, rehearse, review

__all__ = ["STEPS", "Cut", "DebtNotice", "DebtRelease", "Hold", "Step", "climb", "look_again", "rehearse", "review"]
