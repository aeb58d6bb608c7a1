"""What is stored now beside what was typed, when somebody was faster (X-18)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from models.wording import brl, day
from web.forms import Form, MoneyField

HIDDEN = ("HiddenField", "CSRFTokenField")
NOTHING = "vazio"
GONE = "fora de uso"


@dataclass(frozen=True)
class Difference:
    name: str
    label: str
    typed: str
    stored: str


def differences(typed: Form, stored: Form, titles: Mapping[str, str] | None = None) -> list[Difference]:
    """The fields of two forms of one class that say different things, as a person reads them."""
    found = []
    for field in typed:
        if field.type not in HIDDEN:
            mine, theirs = _in_words(field), _in_words(stored[field.name])
            if _bare(mine) != _bare(theirs):
                label = (titles or {}).get(field.name) or field.label.text
                found.append(Difference(field.name, label, mine, theirs))
    return found


def _in_words(field: Any) -> str:
    """The value of a field in words: the name behind an id, the day as it is written."""
    value = field.data
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(field, MoneyField):
        return brl(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    choices = {str(key): name for key, name in getattr(field, "choices", None) or []}
    if not choices:
        return str(value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return ", ".join(choices.get(str(one), GONE) for one in (value if isinstance(value, list) else [value]))


def _bare(words: str) -> str:
    """A telephone or CEP is the same with and without its signs."""
    digits = re.sub(r"[\s().\-/]", "", words)
    return digits if digits.isdigit() else words
