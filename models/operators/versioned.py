"""A row that several people edit: a form carries the version it was filled from, and the second save is refused."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Update, bindparam, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import set_committed_value

from models.base import db, lock
from models.history import Event, latest_change
from models.refused import Stale


class Versioned:
    """`version` counts the edits of a row. `stale` says to whoever was slower what happened and what to do."""

    stale: ClassVar[str] = "Isto mudou depois que você abriu a página. Confira o que está gravado."

    if TYPE_CHECKING:
        __tablename__: str
        id: Mapped[int]

    version: Mapped[int] = mapped_column(default=1)

    def take(self, version: int | None = None, **values: Any) -> None:
        """Claim the next version for whoever was shown this one, with new values of columns, if any.

        One conditional UPDATE, so of two who save at once one is refused. Without a version the row is held already,
        by `require_version`. Raises Stale (X-18, B-05).
        """
        shown = self.version if version is None else version
        values["version"] = shown + 1
        given = {f"new_{name}": value for name, value in values.items()}
        row: Any = type(self)
        taking = _taking(row, tuple(values))
        if not db.session.execute(taking, {**given, "row_id": self.id, "shown": shown}).rowcount:  # type: ignore[attr-defined]
            raise Stale(self.stale, fix=self)
        for name, value in values.items():
            set_committed_value(self, name, value)

    def require_version(self, version: int | None) -> None:
        """Hold the row for a verb that may find nothing to change, and `take` it afterwards.

        Raises Stale unless it is still the one somebody was shown; None: nobody was, the house itself acts.
        """
        lock(self)
        if version not in (None, self.version):
            raise Stale(self.stale, fix=self)

    def last_change(self) -> Event | None:
        """Who was faster, with what and when."""
        return latest_change(*self.told_of())

    def told_of(self) -> list[tuple[str, int]]:
        """Of which subjects history tells when this row changes."""
        return [(self.__tablename__, self.id)]


@cache
def _taking(row: Any, names: tuple[str, ...]) -> Update:
    """The row in hand is told by `take` what became of it."""
    new = {name: bindparam(f"new_{name}", type_=getattr(row, name).type) for name in names}
    taking = update(row).where(row.id == bindparam("row_id"), row.version == bindparam("shown")).values(new)
    return taking.execution_options(synchronize_session=False)
