"""The text of a contract template: plain paragraphs and placeholders, nothing that can be executed.

Staff edit it, so it is neither Jinja nor HTML: a sandboxed Jinja still lets `{{'a'*10**9}}` take the memory
and reads any attribute. The grammar is six rules:

    ## Title              starts a clause; print numbers it 1, 2, 3 and its paragraphs 1.1, 1.2, 1.3
    (blank line)          parts two paragraphs
    - item                an item of a list
    ! paragraph           printed with emphasis, as CDC art. 54 §4 asks of what limits the consumer's rights
    {{cliente.nome}}      a value; those of BLOCKS stand alone on a line and print a table or signatures
    {{#internet}} text {{/internet}}    a stretch that prints only when it is so (contract_sections.py)
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from models.catalog.contract_fields import BLOCKS, CONDITIONS, PLACEHOLDERS
from models.catalog.contract_sections import TAG, chosen
from models.wording import EM_DASH

MISSING = "não informado"

_PLACEHOLDER = re.compile(r"\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")
_STRAY = re.compile(r"\{\{[^\n]{0,30}|[^\s{}]{0,30}[ \t]*\}\}")
_BLOCK = re.compile(r"^\{\{[ \t]*(" + "|".join(map(re.escape, BLOCKS)) + r")[ \t]*\}\}$")
_OWN_LINE = re.compile(r"(?m)^[ \t]*(##[ \t]+\S.*|" + _BLOCK.pattern.strip("^$") + r")[ \t]*$")
_TAG_LINE = re.compile(r"(?m)^[ \t]*(" + TAG.pattern + r")[ \t]*$")


@dataclass(frozen=True)
class Clause:
    kind: ClassVar[str] = "clause"
    title: str
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: str
    strong: bool = False
    number: str = ""


@dataclass(frozen=True)
class Items:
    kind: ClassVar[str] = "items"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table or the signatures: what it shows comes with the contract, not with the text."""

    kind: ClassVar[str] = "table"
    name: str


@dataclass(frozen=True)
class Edge:
    """Where a stretch that prints only sometimes begins or ends, for whoever reads the template itself."""

    kind: ClassVar[str] = "edge"
    name: str
    opens: bool


Block = Clause | Paragraph | Items | Table | Edge


def unknown_placeholders(body: str) -> list[str]:
    """What refuses the save, as it was written: unknown names, blocks inside a sentence, stray braces."""
    text = TAG.sub(lambda tag: " " if _may_choose(tag[2]) else tag[0], _lines(body))
    inline = _OWN_LINE.sub(_keep_titles, text)
    unknown = [found[0] for found in _PLACEHOLDER.finditer(inline) if not _is_value(found[1])]
    stray = [found[0].strip() for found in _STRAY.finditer(_PLACEHOLDER.sub(" ", inline))]
    return list(dict.fromkeys(unknown + stray))


def parse(body: str) -> list[Block]:
    """The blocks in their order, clauses and paragraphs numbered. What prints only sometimes has its edges."""
    apart = _OWN_LINE.sub(r"\n\n\1\n\n", _TAG_LINE.sub(r"\n\n\1\n\n", _lines(body)))
    return list(_numbered(_blocks(apart)))


def printed(body: str, holds: Container[str]) -> list[Block]:
    """The blocks that print when these conditions and values hold; a list that was cut is one list again."""
    joined: list[Block] = []
    for block in _blocks(_OWN_LINE.sub(r"\n\n\1\n\n", chosen(_lines(body), holds))):
        before = joined[-1] if joined else None
        if isinstance(block, Items) and isinstance(before, Items):
            joined[-1] = Items(before.items + block.items)
        else:
            joined.append(block)
    return list(_numbered(joined))


def open_fields(body: str, values: Mapping[str, str], kinds: Iterable[str]) -> list[str]:
    """The values a contract of these kinds would name and not have, in the order of the text."""
    holds = {*kinds, *known(values)}
    named = (found[1] for found in _PLACEHOLDER.finditer(chosen(_lines(body), holds)))
    return list(dict.fromkeys(name for name in named if _is_value(name) and name not in holds))


def known(values: Mapping[str, str]) -> set[str]:
    """The names of the values that say something; a dash says nothing."""
    return {name for name, value in values.items() if value.strip() not in ("", EM_DASH)}


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace in one pass, so a value that looks like a placeholder stays what the person typed.

    The answer is text and not markup: the document template escapes it.
    """

    def value(found: re.Match[str]) -> str:
        return _printed(values.get(found[1])) if _is_value(found[1]) else found[0]

    return _PLACEHOLDER.sub(value, text)


def filled(block: Block, values: Mapping[str, str]) -> Block:
    match block:
        case Clause():
            return replace(block, title=fill(block.title, values))
        case Paragraph():
            return replace(block, text=fill(block.text, values))
        case Items():
            return replace(block, items=tuple(fill(item, values) for item in block.items))
        case Table() | Edge():
            return block


def complete(values: Mapping[str, str]) -> dict[str, str]:
    """Every placeholder that stands for a value, the missing ones in words."""
    return {name: _printed(values.get(name)) for name in PLACEHOLDERS if name not in BLOCKS}


def _lines(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\r", "\n")


def _keep_titles(own_line: re.Match[str]) -> str:
    return own_line[1] if own_line[1].startswith("##") else ""


def _blocks(apart: str) -> Iterator[Block]:
    chunks = (chunk.strip() for chunk in re.split(r"\n[ \t]*\n", apart))
    return (block for chunk in chunks if chunk for block in _read(chunk))


def _may_choose(name: str) -> bool:
    return name in CONDITIONS or _is_value(name)


def _is_value(name: str) -> bool:
    return name in PLACEHOLDERS and name not in BLOCKS


def _printed(value: str | None) -> str:
    return (value or "").strip() or MISSING


def _read(chunk: str) -> Iterator[Block]:
    if chunk.startswith("## "):
        yield Clause(chunk[3:].strip())
    elif name := _BLOCK.match(chunk):
        yield Table(name[1])
    elif tag := TAG.fullmatch(chunk):
        yield Edge(tag[2], tag[1] == "#")
    else:
        yield from _prose(chunk)


def _prose(chunk: str) -> Iterator[Block]:
    """A paragraph, a list, or a paragraph that runs straight into its list."""
    lead, *items = re.split(r"(?m)^[ \t]*-[ \t]+", chunk)
    if text := _joined(lead):
        strong = text.startswith("! ")
        yield Paragraph(text.removeprefix("! "), strong)
    if items:
        yield Items(tuple(_joined(item) for item in items))


def _joined(lines: str) -> str:
    return " ".join(lines.split())


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    clause = paragraph = 0
    for block in blocks:
        match block:
            case Clause():
                clause, paragraph = clause + 1, 0
                yield replace(block, number=str(clause))
            case Paragraph() if clause:
                paragraph += 1
                yield replace(block, number=f"{clause}.{paragraph}")
            case _:
                yield block
