"""What must be true of every page and every answer; the client of the tests asks it of each one."""

from __future__ import annotations

import re
from collections import Counter

import lxml.html
from bs4 import BeautifulSoup, Tag
from lxml.etree import XPath
from lxml.html import HtmlElement

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Referrer-Policy": "same-origin",
}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "popovertarget", "list")
UNLABELLED = ("hidden", "submit", "button", "image", "reset")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TAGS = re.compile(r"""<!--.*?-->|<(/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>""", re.S)
TEXTS = XPath(".//text()[not(ancestor::script or ancestor::style or ancestor::template)]")


def parsed(html: str) -> BeautifulSoup:
    """The page as tests ask it questions. It takes Python's parser longer to read a page than it took us to draw it."""
    soup = BeautifulSoup(html.replace("\r\n", "\n"), "html.parser")
    for area in soup.find_all("textarea"):
        if area.string and area.string.startswith("\n"):  # the first line break is not part of the text
            area.string = area.string[1:]
    return soup


def read(html: str) -> HtmlElement:
    """The tree of a page or a fragment, by a parser in C; a fragment stands in a body."""
    text = html.replace("\r\n", "\n").replace("\x00", "")
    parser = lxml.html.HTMLParser(encoding="utf-8")
    return lxml.html.document_fromstring((text if text.strip() else "<html></html>").encode(), parser=parser)


def is_page(html: str) -> bool:
    return "<html" in html[:2000]


def page(html: str) -> HtmlElement:
    """Read a page or a fragment, and refuse one that breaks a rule of the house."""
    tree = read(html)
    tags = [tag for tag in tree.iter() if isinstance(tag.tag, str)]
    faults = [*_nesting(html), *_ids(tags), *_labels(tags), *_forms(tags), *_inline(tags)]
    if is_page(html):
        faults += [*_heading(tree), *_references(tags)]
    assert not faults, "\n".join(faults)
    return tree


PUBLIC = "public, max-age=300"  # a page that is the same for everybody


def check_headers(headers: dict[str, str]) -> None:
    """The headers of every answer, of errors too."""
    for name, value in HEADERS.items():
        if name == "Content-Security-Policy" and "sandbox" in headers.get(name, ""):
            continue  # a downloaded file is shut in even more
        assert headers.get(name, "").startswith(value), f"{name}: {headers.get(name)!r}"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    if headers.get("Content-Type", "").startswith("text/html"):
        assert headers.get("Cache-Control") in ("no-store", PUBLIC)
        assert headers["Cache-Control"] != PUBLIC or "Set-Cookie" not in headers
        assert "HX-Request-Type" in headers.get("Vary", "")


def words(node: Tag | HtmlElement) -> str:
    """The text a person reads, in one line, with plain spaces."""
    text = node.get_text(" ") if isinstance(node, Tag) else " ".join(TEXTS(node))
    return " ".join(text.replace("\u00a0", " ").split())


def _nesting(html: str) -> list[str]:
    """Every element is closed by its own end tag, in order: parsers would mend it in silence."""
    open_tags: list[str] = []
    for found in TAGS.finditer(html):
        end, name, rest = found.groups()
        if name is None or name in VOID or (rest.endswith("/") and "svg" in open_tags):
            continue
        if not end:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return [f"</{name}> closes what is not open: {html[max(0, found.start() - 80) : found.end()]}"]
    return [f"<{name}> is never closed" for name in open_tags]


def _heading(tree: HtmlElement) -> list[str]:
    headings, title = tree.findall(".//h1"), tree.find(".//title")
    if len(headings) != 1:
        return [f"{len(headings)} <h1>, wanted one"]
    if title is None:
        return ["no <title>"]
    said, heading = words(title).removeprefix("Erro: "), words(headings[0])
    if not said.startswith(f"{heading} · "):
        return [f"title {said!r} is not the heading {heading!r} and the name of the provider"]
    return [] if tree.get("lang") == "pt-BR" else ["<html> without lang=pt-BR"]


def _ids(tags: list[HtmlElement]) -> list[str]:
    counted = Counter(tag.get("id") for tag in tags if tag.get("id") is not None)
    return [f"id {id!r} {count} times" for id, count in counted.items() if count > 1]


def _labels(tags: list[HtmlElement]) -> list[str]:
    labels = {tag.get("for") for tag in tags if tag.tag == "label"}
    faults = []
    for tag in tags:
        named = tag.get("aria-label") or tag.get("aria-labelledby")
        if tag.tag in ("input", "select", "textarea") and tag.get("type") not in UNLABELLED:
            if not (named or tag.get("id") in labels or next(tag.iterancestors("label"), None) is not None):
                faults.append(f"no label for {tag.get('name') or _markup(tag)}")
        elif tag.tag == "button" and not (named or tag.text_content().strip()):
            faults.append(f"a button says nothing: {_markup(tag)}")
    return faults


def _forms(tags: list[HtmlElement]) -> list[str]:
    faults = []
    for form in (tag for tag in tags if tag.tag == "form"):
        if not form.get("action") or form.get("method") not in ("get", "post", "dialog"):
            faults.append(f"form without action or method: {_markup(form)}")
        elif form.get("method") == "post":
            tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token"]
            if len(tokens) != 1 or not tokens[0].get("value"):
                faults.append(f"form without csrf_token: {form.get('action')}")
    return faults


def _inline(tags: list[HtmlElement]) -> list[str]:
    """Nothing the content security policy would block."""
    faults = []
    for tag in tags:
        if tag.tag == "style" or (tag.tag == "script" and not tag.get("src")):
            faults.append(f"inline {tag.tag}: {_markup(tag)}")
        for name, value in tag.attrib.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                faults.append(f"{name} on <{tag.tag}>")
            elif ":" in value and re.match(r"\s*(javascript|js):", value, re.I):
                faults.append(f"{name}={value!r} on <{tag.tag}>")
    return faults


def _references(tags: list[HtmlElement]) -> list[str]:
    """Labels, descriptions, targets of htmx and links inside the page point at something."""
    ids = {tag.get("id") for tag in tags}
    faults = []
    for tag in tags:
        wanted = [(name, id) for name in POINTERS for id in tag.get(name, "").split()]
        for name in ("href", "hx-target"):
            if len(value := tag.get(name, "")) > 1 and value[0] == "#":
                wanted.append((name, value[1:]))
        faults += [f"{name} {id!r} of <{tag.tag}> points at nothing" for name, id in wanted if id not in ids]
    return faults


def _markup(tag: HtmlElement) -> str:
    return lxml.html.tostring(tag, encoding="unicode")[:120]
