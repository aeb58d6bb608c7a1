"""A catalogue row that people fill in by form: every wrong field has its sentence before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container
from typing import Any

from sqlalchemy import ColumnElement, inspect

from models.base import lock
from models.history import Retires
from models.refused import Refused, Stale, require


class Checked(Retires):
    """Creating and changing go through `errors`; every verb goes through `refusal_to_change` (X-04)."""

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

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        """Field -> what to do about it; `new` are the values as they would be written."""
        return {} if (new.get("name") or "").strip() else {"name": "Escreva o nome."}

    def tidied(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values in the form in which they are kept."""
        return values

    def create(self) -> None:
        """Raises Refused with a sentence for each wrong field, or when the name is taken."""
        for key, value in self.checked(self._present()).items():
            setattr(self, key, value)
        super().create()

    def change(self, **values: Any) -> None:
        """Raises Refused with a sentence for each wrong field, or when the name is taken."""
        super().change(**self.checked(values))

    def retire(self) -> None:
        """Raises Refused when it may not be put out of use."""
        require(self.refusal_to_change() or self.refusal_to_retire())
        super().retire()

    def restore(self) -> None:
        require(self.refusal_to_change())
        super().restore()

    def remove(self) -> None:
        """Raises Refused when it is in use or must stay."""
        require(self.refusal_to_change() or self.refusal_to_retire())
        super().remove()

    @property
    def mark(self) -> str:
        """Tells whether the row is still as somebody was shown it (X-18)."""
        return hashlib.sha256(repr(sorted(self._present().items())).encode()).hexdigest()[:16]

    def require_unchanged(self, seen: str) -> None:
        """Raises Stale when somebody else wrote after this person was shown the row; `seen` may be empty."""
        if seen and lock(self).mark != seen:  # type: ignore[type-var]
            raise Stale("Outra pessoa mudou isto enquanto você escrevia. Confira o que está gravado.")

    def checked(self, values: dict[str, Any]) -> dict[str, Any]:
        require(self.refusal_to_change())
        values = self.tidied(values)
        if errors := self.errors({**self._present(), **values}):
            raise Refused(errors=errors)
        return values

    def _present(self) -> dict[str, Any]:
        """What the row holds; what a new row does not say is left to the default of its column."""
        names = [column.key for column in inspect(type(self)).local_table.columns]
        return {name: value for name in names if (value := getattr(self, name)) is not None}


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
