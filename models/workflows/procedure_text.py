"""The text of a procedure: plain lines with a little markup, read into blocks that a template draws (U-30).

"# " and "## " begin headings, "- " an item, "1. " a numbered one, two spaces before it put it below the item above,
**two stars** make words strong, an empty line ends what stands before it. Whatever is none of these is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar

from models.wording import visible

DEEPEST = 5  # items below items; what is typed further in stands there
_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_HEADING = re.compile(r"(#{1,2}) +(?=\S)(.*)")
_ITEM = re.compile(r"( *)(?:-|([0-9]{1,6})\.) +(?=\S)(.*)")


@dataclass(frozen=True)
class Span:
    text: str
    strong: bool = False


Words = tuple[Span, ...]  # of one line


@dataclass(frozen=True)
class Heading:
    kind: ClassVar[str] = "heading"

    level: int  # 1 or 2
    words: Words


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"

    lines: list[Words]


@dataclass(frozen=True)
class Item:
    words: Words
    below: list[Listing] = field(default_factory=list)


@dataclass(frozen=True)
class Listing:
    kind: ClassVar[str] = "listing"

    numbered: bool
    start: int  # the number of the first item
    items: list[Item] = field(default_factory=list)


Block = Heading | Paragraph | Listing


def tidy_text(typed: str | None) -> str:
    """What was typed without invisible signs, with its lines and what indents them; empty when nothing can be seen."""
    lines = visible(_BREAK.sub("\n", typed or "")).split("\n")
    return "\n".join(line.expandtabs(2).rstrip() for line in lines).strip("\n")


def parse(text: str) -> list[Block]:
    """The blocks of a text, in order. Every text has some meaning, so nothing is refused and nothing is left out."""
    blocks: list[Block] = []
    lists: list[Listing] = []  # those that are open, the outermost first
    lines: list[Words] | None = None  # of the paragraph that is open
    for line in text.split("\n"):
        if item := _ITEM.fullmatch(line):
            lines = None
            _add(item, lists, blocks)
            continue
        lists.clear()
        if heading := _HEADING.fullmatch(line):
            lines = None
            blocks.append(Heading(len(heading[1]), spans(heading[2])))
        elif not line.strip():
            lines = None
        elif lines is None:
            lines = [spans(line.strip())]
            blocks.append(Paragraph(lines))
        else:
            lines.append(spans(line.strip()))
    return blocks


def _add(found: re.Match[str], lists: list[Listing], blocks: list[Block]) -> None:
    """An item, in the open list of its depth when that is of its kind, or else in a new one."""
    indent, number, words = found.groups()
    depth = min(len(indent) // 2, len(lists), DEEPEST)
    del lists[depth + 1 :]
    if len(lists) == depth or lists[depth].numbered != bool(number):
        del lists[depth:]
        new = Listing(bool(number), int(number or 1))
        if depth:
            lists[-1].items[-1].below.append(new)
        else:
            blocks.append(new)
        lists.append(new)
    lists[depth].items.append(Item(spans(words)))


def spans(line: str) -> Words:
    """The words of a line, those between two pairs of stars strong. A pair that closes nothing stays as it is."""
    parts = line.split("**")
    found, at = [Span(parts[0])], 1
    while at < len(parts):
        inner = parts[at]
        if at + 1 < len(parts) and inner and inner == inner.strip():
            found += [Span(inner, strong=True), Span(parts[at + 1])]
            at += 2
        else:
            found.append(Span(f"**{inner}"))
            at += 1
    return tuple(span for span in found if span.text)
