"""One worked case of a conformance file: its inputs read with their types, its expectations only compared."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

PROSE = {"fonte", "motivo", "nota"}  # said for people, about nothing that is calculated
LONGEST = 200
T = TypeVar("T")


class Wrong(Exception):
    """An input is missing or is not what it should be; the sentence is for the person who wrote the file."""


class Case:
    """An object of the file, which remembers what was asked of it: what nobody asked for is a strange key."""

    def __init__(self, name: str, raw: object) -> None:
        if not isinstance(raw, dict):
            raise Wrong(f"devia ser um objeto e é {shown(raw)}")
        self.name, self.raw, self.asked = name, raw, set[str]()

    def __contains__(self, key: str) -> bool:
        return key in self.raw

    def text(self, key: str) -> str:
        """A text of characters that can be written."""
        value = self._typed(key, str, "um texto")
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise Wrong(f"{key} tem caracteres que não são texto: {shown(value)}")
        return value

    def money(self, key: str) -> int:
        """Cents of an amount written '99.90'."""
        text = self.text(key)
        if not re.fullmatch(r"[0-9]{1,15}\.[0-9]{2}", text):
            raise Wrong(f'{key} devia ser um valor como "99.90" e é {shown(text)}')
        return int(text.replace(".", ""))

    def percent(self, key: str) -> Decimal:
        """A percent written '2.00'."""
        text = self.text(key)
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", text):
            raise Wrong(f'{key} devia ser um percentual como "2.00" e é {shown(text)}')
        return Decimal(text)

    def day(self, key: str) -> date:
        """A day written '2026-12-10'."""
        text = self.text(key)
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise Wrong(f'{key} devia ser uma data como "2026-12-10" e é {shown(text)}')

    def whole(self, key: str) -> int:
        """A whole number."""
        return self._typed(key, int, "um número inteiro")

    def flag(self, key: str) -> bool:
        """True or false."""
        return self._typed(key, bool, "true ou false")

    def inside(self, key: str) -> Case:
        """An object inside this one."""
        return Case(f"{self.name}.{key}", self._typed(key, dict, "um objeto"))

    def items(self, key: str) -> list[Any]:
        """A list."""
        return self._typed(key, list, "uma lista")

    def strange(self, computed: Mapping[str, object] | None = None) -> Iterator[str]:
        """A line for each key that is neither an input, nor calculated, nor prose."""
        for key in self.raw:
            if key not in self.asked and key not in (computed or {}) and key not in PROSE:
                yield f"{self.name}: chave desconhecida {shown(key)}"

    def _typed(self, key: str, kind: type[T], said: str) -> T:
        self.asked.add(key)
        if key not in self.raw:
            raise Wrong(f"falta a chave {key}")
        value = self.raw[key]
        if not isinstance(value, kind) or type(value) is not kind:  # true is no number
            raise Wrong(f"{key} devia ser {said} e é {shown(value)}")
        return value


Check = Callable[[Case], dict[str, Any]]  # a case -> what it should say, calculated from its inputs


def differences(path: str, expected: object, computed: object) -> Iterator[str]:
    """A line for each leaf where what the file expects is not what was calculated."""
    if isinstance(computed, dict) and isinstance(expected, dict):
        for key in {**computed, **expected}:
            inside = f"{path}.{key}"
            if key not in expected:
                yield f"{inside}: falta no arquivo, o cálculo dá {shown(computed[key])}"
            elif key not in computed:
                yield f"{inside}: o arquivo diz {shown(expected[key])}, o cálculo não tem"
            else:
                yield from differences(inside, expected[key], computed[key])
    elif isinstance(computed, list) and isinstance(expected, list) and len(computed) == len(expected):
        for index, (one, other) in enumerate(zip(expected, computed, strict=True)):
            yield from differences(f"{path}[{index}]", one, other)
    elif type(expected) is not type(computed) or expected != computed:
        yield f"{path}: o arquivo diz {shown(expected)}, o cálculo dá {shown(computed)}"


def shown(value: object) -> str:
    """A value as JSON, cut when it is long."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = "uma estrutura profunda demais"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def reais(cents: int) -> str:
    """Cents as the file writes them: 9990 -> '99.90'."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"
