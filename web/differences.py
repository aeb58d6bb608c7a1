"""What is stored now beside what was typed, and who was faster, when somebody was (X-18, B-05)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from wtforms import Form

from models.history import Event
from models.wording import brl, day, near
from web.history import actor, sentence

HIDDEN = ("HiddenField", "CSRFTokenField")
NOTHING = "vazio"
GONE = "fora de uso"
MOST = 160  # letters of a long text: those around the first that is another


@dataclass(frozen=True)
class Difference:
    name: str
    label: str
    typed: str
    stored: str


@dataclass(frozen=True)
class Conflict:
    """What components/stale.html draws."""

    sentence: str
    who: str  # 'Sílvia Maia alterou o cadastro: celular, agora há pouco'; empty when nobody may be named
    differences: list[Difference]
    compares: bool  # False: nothing of what was typed stands in the row, as with a reason
    version: int  # what the reader sees stored
    href: str  # the form as the row is now
    merges: bool = False  # what was not touched follows what is stored


def told(event: Event | None) -> str:
    """Who did what and when, for those who may read history."""
    return f"{actor(event)} {sentence(event).rstrip('.')}, {near(event.occurred_at)}" if event else ""


def differences(typed: Form, stored: Form, titles: Mapping[str, str] | None = None) -> list[Difference]:
    """The fields of two forms that say different things, as a person reads them; those that both have."""
    found = []
    for field in typed:
        if field.type not in HIDDEN and field.name in stored:
            mine, theirs = _in_words(field), _in_words(stored[field.name], field)
            if _bare(mine) != _bare(theirs):
                label = (titles or {}).get(field.name) or field.label.text
                found.append(Difference(field.name, label, *_shortened(mine, theirs)))
    return found


def _in_words(field: Any, like: Any = None) -> str:
    """The value of a field in words: the name behind an id (by its choices, or another's), the day as it is written."""
    value = field.data
    if value is None or value in ("", []):
        return NOTHING
    if field.type == "MoneyField":
        return brl(value)
    if field.type == "BooleanField":
        return "sim" if value else "não"
    if field.type == "Percent":
        return f"{field._value()}%"
    if field.type in ("Duration", "Intervals"):
        return str(field._value())
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    choices = {str(key): name for key, name in getattr(field, "choices", None) or getattr(like, "choices", None) or []}
    if not choices:
        return str(value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return ", ".join(choices.get(str(one), GONE) for one in (value if isinstance(value, list) else [value]))


def _bare(words: str) -> str:
    """A telephone or CEP is the same with and without its signs, a text with other ends of lines."""
    digits = re.sub(r"[\s().\-/]", "", words)
    return digits if digits.isdigit() else " ".join(words.split())


def _shortened(*texts: str) -> list[str]:
    if max(map(len, texts)) <= MOST:
        return list(texts)
    alike = next((at for at, letters in enumerate(zip(*texts, strict=False)) if len(set(letters)) > 1), MOST)
    begin = max(alike - MOST // 4, 0)
    return [("…" if begin else "") + text[begin : begin + MOST] + ("…" * (len(text) > begin + MOST)) for text in texts]
