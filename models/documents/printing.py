"""One way to print a row, at every door: the last bytes while nothing changed, and an event each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.documents.document import Document, fingerprint


def printed(
    last: Document | None, paper: dict[str, Any], issue: Callable[[], Document], tell: Callable[[], None]
) -> Document:
    """The document of what a row says now: the last one, or a new one from `issue`; `tell` tracks the print.

    A slip and a contract carry the whole CPF of who pays, as banks want it: so history names whoever had one made,
    also where the bytes were there already.
    """
    document = last if last and last.values_hash == fingerprint(paper) else issue()
    tell()
    return document
