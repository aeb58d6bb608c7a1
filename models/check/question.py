"""A question of `flask check` and how its rows become findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Select

from models.base import db

Question = Callable[[], list[str]]
LATE = timedelta(minutes=10)  # what the worker has not done by then, nobody is doing


def findings(sentence: str, rows: Select[*tuple[Any, ...]]) -> list[str]:
    """The sentence once for each row, its columns filled in by name."""
    return [sentence.format(**row._mapping) for row in db.session.execute(rows)]
