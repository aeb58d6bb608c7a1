"""Catalogue rows: they are created, changed and put out of use, and history says by whom (X-04)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped

from models import clock
from models.base import db
from models.history.event import track
from models.refused import Refused


class Retires:
    """A row with a name that people choose from a list. What is in use is inactivated, never deleted."""

    kind: ClassVar[str]  # "o plano", as history says it

    if TYPE_CHECKING:
        __tablename__: str
        id: Mapped[int]
        name: Mapped[str]
        inactive_since: Mapped[datetime | None]

    @property
    def label(self) -> str:
        return self.name

    def create(self) -> None:
        """Add the row. Raises Refused when another one bears its name."""
        self._write_named()
        track("catalog.created", self, kind=self.kind, name=self.name)

    def change(self, **values: Any) -> None:
        """Set new values and say which columns changed. Raises Refused when the name is taken."""
        changed = [key for key, value in values.items() if getattr(self, key) != value]
        if not changed:
            return
        for key in changed:
            setattr(self, key, values[key])
        self._write_named()
        track("catalog.changed", self, kind=self.kind, name=self.name, changes=", ".join(self.titles(changed)))

    def retire(self) -> None:
        if self.inactive_since is None:
            self.inactive_since = clock.now()
            track("catalog.retired", self, kind=self.kind, name=self.name)

    def restore(self) -> None:
        if self.inactive_since is not None:
            self.inactive_since = None
            track("catalog.restored", self, kind=self.kind, name=self.name)

    def remove(self) -> None:
        """Delete a row nobody uses. Foreign keys decide; raises Refused when it is in use."""
        try:
            with db.session.begin_nested():
                track("catalog.removed", self, kind=self.kind, name=self.name)
                db.session.delete(self)
        except IntegrityError as error:
            raise Refused(f"“{self.name}” está em uso e não pode ser excluído. Inative em vez de excluir.") from error

    def titles(self, columns: list[str]) -> list[str]:
        """The pt-BR names of columns, from their `info={"title": ...}`."""
        mapped = inspect(type(self)).columns
        return [mapped[key].info.get("title", key) if key in mapped else key for key in columns]

    def _write_named(self) -> None:
        try:
            with db.session.begin_nested():
                db.session.add(self)
        except IntegrityError as error:
            raise Refused("Este nome já existe. Escolha outro.", field="name") from error
