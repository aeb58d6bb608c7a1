"""Where a page of a long list begins: behind a row, whose key stands in the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote, unquote

from models.keyset import Key, Keyset

LONGEST = 1000  # characters of a key anybody may send
NONE = "-"
MOMENT = "%Y%m%dT%H%M%SZ"


def key_of(typed: str | None, order: Keyset) -> Key | None:
    """The row a page begins behind, as `written` puts it; None for the first page, and for what is no key of it."""
    parts = (typed or "").split(".")
    if len(parts) != len(order.kinds) or len(typed or "") > LONGEST:
        return None
    try:
        return tuple(_read(part, *kind) for part, kind in zip(parts, order.kinds, strict=True))
    except ValueError:
        return None


def written(key: Key | None) -> str | None:
    """'2026-12-10.345': a value for each column, None as '-'."""
    return ".".join(map(_written, key)) if key is not None else None


def _written(value: Any) -> str:
    if value is None:
        return NONE
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(MOMENT)
    if isinstance(value, str):
        return "=" + quote(value, safe="").replace(".", "%2E")
    return value.isoformat() if isinstance(value, date) else str(int(value))


def _read(part: str, kind: type, nullable: bool) -> Any:
    if part == NONE and nullable:
        return None
    return _READERS[kind](part)


def _number(part: str) -> int:
    digits = part.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 19):
        raise ValueError(part)
    return int(part)


def _text(part: str) -> str:
    text = unquote(part.removeprefix("="), errors="strict")
    if not part.startswith("=") or any(ord(sign) < 32 for sign in text):
        raise ValueError(part)
    return text


def _day(part: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", part):
        raise ValueError(part)
    return date.fromisoformat(part)


def _moment(part: str) -> datetime:
    if not re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", part):
        raise ValueError(part)
    return datetime.strptime(part, MOMENT).replace(tzinfo=UTC)


_READERS: dict[type, Callable[[str], Any]] = {int: _number, str: _text, date: _day, datetime: _moment, bool: _number}
