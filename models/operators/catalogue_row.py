"""Catalogue rows: filled in by form, created, changed and put out of use, and history says by whom (X-04)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ColumnElement, inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped

from models import clock
from models.base import KEPT_IDS, db, lock
from models.history import track
from models.operators.versioned import Versioned
from models.refused import Refused, require
from models.wording import masked, tidy, without_cpf


class CatalogueRow(Versioned):
    """A row with a name that people choose from a list. What is in use is inactivated, never deleted.

    Creating and changing go through `errors`, so that every wrong field has its sentence before anything is written;
    every verb goes through `refusal_to_change`.
    """

    kind: ClassVar[str]  # "o plano", as history says it
    __table_args__: Any = KEPT_IDS  # a row with arguments of its own ends them with it

    if TYPE_CHECKING:
        __tablename__: str
        id: Mapped[int]
        name: Mapped[str]
        inactive_since: Mapped[datetime | None]

    @property
    def label(self) -> str:
        return self.name

    @classmethod
    def seen(cls) -> list[ColumnElement[bool]]:
        """Conditions of the rows that whoever acts may see."""
        return []

    def refusal_to_change(self) -> str | None:
        """Why whoever acts may not touch this row."""
        return None

    def refusal_to_retire(self) -> str | None:
        """Why this row may not be put out of use, nor deleted."""
        return None

    def refusal_to_restore(self) -> str | None:
        """Why this row may not be taken back into use."""
        return None

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        """Field -> what to do about it; `new` are the values as they would be written."""
        return {} if tidy(new.get("name")) else {"name": "Escreva o nome."}

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values in the form in which they are kept."""
        return values

    def create(self) -> None:
        """Add the row. Raises Refused with a sentence for each wrong field, or when the name is taken."""
        self._write_named(self.checked(self._present()))
        track("catalog.created", self, kind=self.kind, name=self.name)

    def change(self, version: int | None = None, **values: Any) -> None:
        """Set new values and track which columns changed.

        Raises Stale when somebody was faster than whoever was shown this version, Refused with a sentence for each
        wrong field, or when the name is taken.
        """
        self.require_version(version)
        values = self.checked(values)
        changed = [key for key, value in values.items() if getattr(self, key) != value]
        if not changed:
            return
        before = plain(self, changed)
        self._write_named({key: values[key] for key in changed})
        self.take()
        words, after = ", ".join(self.titles(changed)), plain(self, changed)
        track("catalog.changed", self, kind=self.kind, name=self.name, changes=words, before=before, after=after)

    def retire(self) -> None:
        """Put out of use. Raises Refused when it may not be, Gone when somebody removed it."""
        lock(self)
        require(self.refusal_to_change() or self.refusal_to_retire())
        if self.inactive_since is None:
            self.inactive_since = clock.now()
            self.take()
            track("catalog.retired", self, kind=self.kind, name=self.name)

    def restore(self) -> None:
        """Take back into use. Raises Refused when it may not be, Gone when it was removed."""
        lock(self)
        require(self.refusal_to_change() or self.refusal_to_restore())
        if self.inactive_since is not None:
            self.inactive_since = None
            self.take()
            track("catalog.restored", self, kind=self.kind, name=self.name)

    def remove(self) -> None:
        """Delete a row nobody uses. Foreign keys decide; raises Refused when it is in use or must stay.

        Of two who remove it at once the second hears Gone, and history tells one removal.
        """
        lock(self)
        require(self.refusal_to_change() or self.refusal_to_retire())
        try:
            with db.session.begin_nested():
                track("catalog.removed", self, kind=self.kind, name=self.name)
                db.session.delete(self)
        except IntegrityError as error:
            raise Refused(f"“{self.name}” está em uso e não pode ser excluído. Inative em vez de excluir.") from error

    def titles(self, columns: list[str]) -> list[str]:
        """The pt-BR names of columns, from their `info={"title": ...}`."""
        mapped = inspect(type(self)).local_table.columns
        return [mapped[key].info.get("title", key) if key in mapped else key for key in columns]

    def checked(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values tidied. Raises Refused when the row may not be touched, or with the fields at fault."""
        require(self.refusal_to_change())
        values = self.tidied(values | ({"name": tidy(values["name"])} if "name" in values else {}))
        if errors := self.errors({**self._present(), **values}):
            raise Refused(errors=errors)
        return values

    def _present(self) -> dict[str, Any]:
        """What the row holds; what a new row does not say is left to the default of its column."""
        names = [column.key for column in inspect(type(self)).local_table.columns]
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def _write_named(self, values: dict[str, Any]) -> None:
        """Set and write inside a savepoint: a name that is taken leaves the transaction good for what follows."""
        try:
            with db.session.begin_nested():
                for key, value in values.items():
                    setattr(self, key, value)
                db.session.add(self)
        except IntegrityError as error:
            raise Refused("Este nome já existe. Escolha outro.", field="name") from error


def plain(row: Any, columns: list[str]) -> dict[str, Any]:
    """The values of columns as history keeps them before and after a change: no CPF stands whole in them."""
    return {name: _plain(name, getattr(row, name)) for name in columns}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    return masked(value) if name == "pix_key" and re.fullmatch("[0-9]{11}", value) else without_cpf(value)


def chosen(field: str, value: Any, among: Container[Any], sentence: str) -> dict[str, str]:
    """The error of a choice that is not one of those offered."""
    return {} if value in among else {field: sentence}


def every(*acts: Callable[[], Any]) -> None:
    """Do them all. Raises one Refused with the sentences of all that refused, so that each is read at once."""
    errors: dict[str, str] = {}
    for act in acts:
        try:
            act()
        except Refused as no:
            if not no.errors:
                raise
            errors |= no.errors
    if errors:
        raise Refused(errors=errors)
