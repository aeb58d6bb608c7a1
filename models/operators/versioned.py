"""A row that several people edit: a form carries the version it was filled from, and the second save is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import update
from sqlalchemy.orm import Mapped, mapped_column

from models.base import db
from models.refused import Stale


class Versioned:
    """`version` counts the edits of a row. `stale` says to whoever was slower what happened and what to do."""

    stale: ClassVar[str] = "Outra pessoa mudou isto enquanto você escrevia. Confira o que está gravado."

    if TYPE_CHECKING:
        id: Mapped[int]

    version: Mapped[int] = mapped_column(default=1)

    def take(self, version: int, **values: Any) -> None:
        """Claim the next version for whoever was shown this one, with new values of columns, if any.

        One conditional UPDATE, so of two who save at once one is refused. Raises Stale (X-18).
        """
        row: Any = type(self)
        taking = update(row).where(row.id == self.id, row.version == version).values(version=version + 1, **values)
        done = db.session.execute(taking.execution_options(synchronize_session="evaluate"))
        if not done.rowcount:  # type: ignore[attr-defined]
            raise Stale(self.stale, fix=self)
