"""Lists that leave the house as a file: who took which stands in history."""

from __future__ import annotations

from models.base import db
from models.history import track
from models.operators import Operator
from models.scope import who

MOST = 10_000  # rows of one file


def exported(report: str) -> None:
    """Tell that whoever acts took a list out."""
    track("report.exported", db.session.get_one(Operator, who().actor.id), report=report)
