"""The manual of the house, docs/manual, as pages: written in Markdown, read where one works (X-09, the link of `?`)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from web.settings import ROOT

FOLDER = ROOT / "docs" / "manual"
FIRST = "index"


class Page(NamedTuple):
    """`name` stands in its address; `parts` are its headings, each with the anchor it has in the text."""

    name: str
    title: str
    body: Markup
    parts: tuple[tuple[str, str], ...]


@cache
def pages() -> dict[str, str]:
    """The title of each page by its name, in the order of the contents."""
    contents = (FOLDER / f"{FIRST}.md").read_text()
    return {FIRST: "Manual"} | {
        name: title for title, name in re.findall(r"^\d+\. \[(.+?)\]\((\w+)\.md\)", contents, re.M)
    }


@cache
def read(name: str) -> Page | None:
    """A page by its name, None when there is none. The text comes with the program, and no HTML in it is obeyed."""
    if name not in pages():
        return None
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((FOLDER / f"{name}.md").read_text())
    named = [(opening.tag, _named(opening, words), words.content) for opening, words in _headings(tokens)]
    parts = [(anchor, words) for tag, anchor, words in named if tag == "h2"]
    for token in tokens:
        token.children = _leading(token.children or [])
    title, body = tokens[1].content, tokens[3:]  # the one h1 is the title of the page
    if body and body[1].content == f"[Manual]({FIRST}.md)":  # the way back of the file; the page has its own
        body = body[3:]
    return Page(name, title, Markup(reader.renderer.render(body, reader.options, {})), tuple(parts))  # noqa: S704


def _headings(tokens: list[Token]) -> list[tuple[Token, Token]]:
    return [(token, tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open"]


def _named(opening: Token, words: Token) -> str:
    """The anchor of a heading, as those who read the files on a code host know it."""
    anchor = re.sub(r"[^\w\- ]", "", words.content.lower()).replace(" ", "-")
    opening.attrSet("id", anchor)
    return anchor


def _leading(tokens: list[Token]) -> list[Token]:
    """With the links that lead somewhere from here; of one to another file of the project the words are kept."""
    kept, leads = [], True
    for token in tokens:
        if token.type == "link_open":
            href = _address(str(token.attrGet("href")))
            leads = bool(href)
            token.attrSet("href", href)
        if leads or token.type not in ("link_open", "link_close"):
            kept.append(token)
    return kept


def _address(href: str) -> str:
    """Of another page, a part of this one or a page of the world; empty: it stands outside the manual."""
    found = re.fullmatch(r"(\w+)\.md(#.+)?", href)
    if found and found[1] in pages():
        return f"/manual/{found[1]}{found[2] or ''}"
    return href if href.startswith(("#", "https://")) else ""
