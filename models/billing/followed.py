"""What an invoice belongs to looks again when the invoice ends or opens. The carnê stands above it, so it registers."""

from __future__ import annotations

from collections.abc import Callable

_followers: list[Callable[[int, bool], None]] = []


def follows_invoices(look: Callable[[int, bool], None]) -> Callable[[int, bool], None]:
    """Have `look` called with the id of a carnê whenever one of its invoices ended, or (True) opened again."""
    _followers.append(look)
    return look


def tell_carne(carne_id: int | None, *, opened: bool = False) -> None:
    """An invoice of this carnê was paid, closed or opened again, in this transaction; None: it is of no carnê."""
    if carne_id is not None:
        for look in _followers:
            look(carne_id, opened)
