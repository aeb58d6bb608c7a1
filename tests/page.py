"""What must be true of every page and every answer; the client of the tests asks it of each one."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import BeautifulSoup, Tag

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


def parsed(html: str) -> BeautifulSoup:
    """Python's own parser, as every page of every test is read; tests/shape/test_markup.py reads like a browser."""
    soup = BeautifulSoup(html.replace("\r\n", "\n"), "html.parser")
    for area in soup.find_all("textarea"):
        if area.string and area.string.startswith("\n"):  # the first line break is not part of the text
            area.string = area.string[1:]
    return soup


def is_page(html: str) -> bool:
    return "<html" in html[:2000]


def page(html: str) -> BeautifulSoup:
    """Parse a page or a fragment, and refuse one that breaks a rule of the house."""
    soup = parsed(html)
    tags = soup.find_all(True)
    faults = [*_ids(tags), *_labels(tags), *_forms(tags), *_inline(tags)]
    if is_page(html):
        faults += [*_heading(soup), *_references(tags)]
    assert not faults, "\n".join(faults)
    return soup


def check_headers(headers: dict[str, str]) -> None:
    """The headers of security.md 6, on every answer, errors too."""
    for name, value in HEADERS.items():
        if name == "Content-Security-Policy" and "sandbox" in headers.get(name, ""):
            continue  # a downloaded file is shut in even more
        assert headers.get(name, "").startswith(value), f"{name}: {headers.get(name)!r}"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    if headers.get("Content-Type", "").startswith("text/html"):
        assert headers.get("Cache-Control") == "no-store"
        assert "HX-Request-Type" in headers.get("Vary", "")


def words(soup: Tag) -> str:
    """The text a person reads, in one line, with plain spaces."""
    return " ".join(soup.get_text(" ").replace("\u00a0", " ").split())


def _heading(soup: BeautifulSoup) -> list[str]:
    headings = soup.find_all("h1")
    if len(headings) != 1:
        return [f"{len(headings)} <h1>, wanted one"]
    if soup.title is None:
        return ["no <title>"]
    title, heading = words(soup.title).removeprefix("Erro: "), words(headings[0])
    if not title.startswith(f"{heading} · "):
        return [f"title {title!r} is not the heading {heading!r} and the name of the provider"]
    return [] if soup.html.get("lang") == "pt-BR" else ["<html> without lang=pt-BR"]


def _ids(tags: list[Tag]) -> list[str]:
    counted = Counter(tag["id"] for tag in tags if tag.has_attr("id"))
    return [f"id {id!r} {count} times" for id, count in counted.items() if count > 1]


def _labels(tags: list[Tag]) -> list[str]:
    labels = {tag.get("for") for tag in tags if tag.name == "label"}
    faults = []
    for tag in tags:
        named = tag.get("aria-label") or tag.get("aria-labelledby")
        if tag.name in ("input", "select", "textarea") and tag.get("type") not in UNLABELLED:
            if not (named or tag.get("id") in labels or tag.find_parent("label")):
                faults.append(f"no label for {tag.get('name') or tag}")
        elif tag.name == "button" and not (named or words(tag)):
            faults.append(f"a button says nothing: {tag}")
    return faults


def _forms(tags: list[Tag]) -> list[str]:
    faults = []
    for form in (tag for tag in tags if tag.name == "form"):
        if not form.get("action") or form.get("method") not in ("get", "post", "dialog"):
            faults.append(f"form without action or method: {str(form)[:120]}")
        elif form["method"] == "post":
            tokens = form.find_all("input", attrs={"name": "csrf_token"})
            if len(tokens) != 1 or not tokens[0].get("value"):
                faults.append(f"form without csrf_token: {form['action']}")
    return faults


def _inline(tags: list[Tag]) -> list[str]:
    """Nothing the content security policy would block."""
    faults = []
    for tag in tags:
        if tag.name == "style" or (tag.name == "script" and not tag.get("src")):
            faults.append(f"inline {tag.name}: {str(tag)[:80]}")
        for name, value in tag.attrs.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                faults.append(f"{name} on <{tag.name}>")
            elif isinstance(value, str) and re.match(r"\s*(javascript|js):", value, re.I):
                faults.append(f"{name}={value!r} on <{tag.name}>")
    return faults


def _references(tags: list[Tag]) -> list[str]:
    """Labels, descriptions, targets of htmx and links inside the page point at something."""
    ids = {tag["id"] for tag in tags if tag.has_attr("id")}
    faults = []
    for tag in tags:
        wanted = [
            (name, id)
            for name in POINTERS
            if tag.has_attr(name)
            for id in " ".join(tag.get_attribute_list(name)).split()
        ]
        for name in ("href", "hx-target"):
            if len(value := str(tag.get(name, ""))) > 1 and value[0] == "#":
                wanted.append((name, value[1:]))
        faults += [f"{name} {id!r} of <{tag.name}> points at nothing" for name, id in wanted if id not in ids]
    return faults
