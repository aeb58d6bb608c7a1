"""The text of a canned answer: what staff wrote, and placeholders that the ticket fills; nothing is executed (B-10).

As in the texts of contracts, a placeholder is a name between two pairs of braces, replaced once from a dictionary, so
that a value that looks like one stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

PLACEHOLDERS: dict[str, str] = {
    "cliente.primeiro_nome": "O primeiro nome do cliente, ou de quem responde pela empresa",
    "atendimento.protocolo": "O protocolo deste atendimento",
    "atendimento.prazo": "Até quando: hoje às 18:33",
    "divida.valor": "O que o cliente deve hoje em faturas vencidas, com multa e juros",
    "divida.vencimento": "O vencimento da mais antiga delas",
    "empresa.nome": "O nome da empresa que atende",
    "operador.primeiro_nome": "O primeiro nome de quem responde",
}

_PLACEHOLDER = re.compile(r"\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")
_STRAY = re.compile(r"\{\{[^\n]{0,30}|[^\s{}]{0,30}[ \t]*\}\}")


class Values(NamedTuple):
    """What stands for each placeholder; for those that have no value now, why, and what to do instead."""

    values: Mapping[str, str]
    missing: Mapping[str, str]


class Filled(NamedTuple):
    """A text as it would be sent. With a refusal it is not: it would have a hole."""

    text: str
    refusal: str | None


def refusal_of(text: str) -> str | None:
    """Why a text may not be kept: what stands between braces is none of PLACEHOLDERS."""
    unknown = [found[0] for found in _PLACEHOLDER.finditer(text) if found[1] not in PLACEHOLDERS]
    unknown += [found[0].strip() for found in _STRAY.finditer(_PLACEHOLDER.sub(" ", text))]
    if not unknown:
        return None
    known = ", ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS)
    return f"{', '.join(dict.fromkeys(unknown))} não é um campo conhecido. Use: {known}."


def fill(text: str, values: Values) -> Filled:
    """The text with its values; a name that has none stays as it was written, and the refusal says why."""
    refusal = next((values.missing[name] for name in _PLACEHOLDER.findall(text) if name in values.missing), None)
    return Filled(_PLACEHOLDER.sub(lambda found: values.values.get(found[1], found[0]), text), refusal)
