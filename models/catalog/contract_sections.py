"""Stretches of a contract template that print only when something is so: {{#telefonia}} ... {{/telefonia}}.

What may stand in the tag is a kind of contract (CONDITIONS) or the name of a value, which then prints only when the
value is known. A stretch may be a word, a paragraph or whole clauses, and one may stand inside another (decision 037).
"""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

TAG = re.compile(r"\{\{[ \t]*([#/])[ \t]*([^{}\n]*?)[ \t]*\}\}")


class Tag(NamedTuple):
    opens: bool
    name: str
    start: int
    end: int


def has_sections(body: str) -> bool:
    """Whether a text chooses at all: one that does not prints as it always did."""
    return TAG.search(body) is not None


def chosen(body: str, holds: Container[str]) -> str:
    """The text that prints when these conditions and values hold; its tags leave an empty place behind."""
    kept: list[str] = []
    hidden = at = 0
    for tag in _tags(body):
        if not hidden:
            kept.append(body[at : tag.start])
        at = tag.end
        if hidden:
            hidden += 1 if tag.opens else -1
        elif tag.opens and tag.name not in holds:
            hidden = 1
    return "".join([*kept, "" if hidden else body[at:]])


def refusal_to_sections(body: str) -> str | None:
    """Why these stretches are none: one is not closed, or what closes was not opened last."""
    opened: list[str] = []
    for tag in _tags(body):
        if tag.opens:
            opened.append(tag.name)
        elif not opened:
            return f"{{{{/{tag.name}}}}} fecha um trecho que não começou. Escreva {{{{#{tag.name}}}}} onde ele começa."
        elif opened[-1] != tag.name:
            return f"{{{{/{tag.name}}}}} vem antes de {{{{/{opened[-1]}}}}}. Feche primeiro o trecho aberto por último."
        else:
            opened.pop()
    if opened:
        return f"O trecho {{{{#{opened[-1]}}}}} não termina. Escreva {{{{/{opened[-1]}}}}} no fim dele."
    return None


def _tags(body: str) -> Iterator[Tag]:
    for found in TAG.finditer(body):
        yield Tag(found[1] == "#", found[2], *found.span())
