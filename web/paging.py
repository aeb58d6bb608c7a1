"""Where a page of a long list begins: after a row, whose key stands in the address."""

from __future__ import annotations

from datetime import date

from web.formats import parse_day

Key = tuple[date, int]


def key_of(typed: str) -> Key | None:
    """The row a page begins after, as `written` puts it; None for the first page, and for what is no key."""
    day, _, id = typed.partition(".")
    try:
        return (parse_day(day), int(id)) if id.isdecimal() and len(id) < 19 else None
    except ValueError:
        return None


def written(key: Key | None) -> str | None:
    """'2026-12-10.345': a day and a number."""
    return f"{key[0]}.{key[1]}" if key else None
