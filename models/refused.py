"""How a rule says no: with a sentence in pt-BR that also says what to do next."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The act may not happen. Nothing was written.

    `sentence` is shown to the person; `errors` maps field names to sentences when the refusal is about what
    was typed; `fix` is a row whose page solves the matter (web/links.py knows its address).
    """

    status = 422

    def __init__(
        self,
        sentence: str = "",
        *,
        fix: Any = None,
        field: str | None = None,
        errors: dict[str, str] | None = None,
    ) -> None:
        self.errors = dict(errors or {})
        if field:
            self.errors[field] = sentence
        self.sentence = sentence or next(iter(self.errors.values()), "")
        self.fix = fix
        super().__init__(self.sentence)


class Stale(Refused):
    """Somebody was faster: the row is not what this person was looking at."""

    status = 409


class Gone(Stale):
    """Somebody removed the row meanwhile: there is nothing left to draw a form of."""

    def __init__(self) -> None:
        super().__init__("Outra pessoa excluiu isto enquanto você estava na página. Nada foi gravado. Volte à lista.")


class TooOften(Refused):
    """It was tried too many times in a while; the sentence says until when to wait."""

    status = 429


def require(refusal: str | None, *, fix: Any = None) -> None:
    """Raise what a `refusal_to_...` question answered, if it answered anything."""
    if refusal:
        raise Refused(refusal, fix=fix)
