"""What must be true of every page and every answer; the client of the tests asks it of each one."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Referrer-Policy": "same-origin",
}
UNLABELLED = ("hidden", "submit", "button", "image", "reset")


def parsed(html: str) -> BeautifulSoup:
    """A page as a browser reads it; a fragment as it stands."""
    return BeautifulSoup(html, "html5lib" if is_page(html) else "html.parser")


def is_page(html: str) -> bool:
    return "<html" in html[:2000]


def page(html: str) -> BeautifulSoup:
    """Parse a page or a fragment, and refuse one that breaks a rule of the house."""
    soup = parsed(html)
    faults = [*_ids(soup), *_inputs(soup), *_forms(soup), *_inline(soup)]
    if is_page(html):
        faults += [*_heading(soup), *_targets(soup), *_references(soup)]
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
    if title.split(" · ")[0:1] != [heading] and not title.startswith(f"{heading} · "):
        return [f"title {title!r} is not that of the heading {heading!r}"]
    faults = [] if " · " in title else [f"title {title!r} does not end with the name of the provider"]
    if soup.html.get("lang") != "pt-BR":
        faults.append("<html> without lang=pt-BR")
    return faults


def _ids(soup: BeautifulSoup) -> list[str]:
    seen: set[str] = set()
    return [f"id {tag['id']!r} twice" for tag in soup.find_all(id=True) if tag["id"] in seen or seen.add(tag["id"])]


def _inputs(soup: BeautifulSoup) -> list[str]:
    labels = {label.get("for") for label in soup.find_all("label")}
    faults = []
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.name == "input" and field.get("type") in UNLABELLED:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (named or field.get("id") in labels or field.find_parent("label")):
            faults.append(f"no label for {field.get('name') or field}")
    for button in soup.find_all("button"):
        if not (words(button) or button.get("aria-label")):
            faults.append(f"a button says nothing: {button}")
    return faults


def _forms(soup: BeautifulSoup) -> list[str]:
    faults = []
    for form in soup.find_all("form"):
        if not form.get("action") or form.get("method") not in ("get", "post", "dialog"):
            faults.append(f"form without action or method: {str(form)[:120]}")
        elif form["method"] == "post" and not form.select('input[name="csrf_token"][value]:not([value=""])'):
            faults.append(f"form without csrf_token: {form['action']}")
    return faults


def _inline(soup: BeautifulSoup) -> list[str]:
    """Nothing the content security policy would block."""
    faults = [f"inline script: {str(tag)[:80]}" for tag in soup.find_all("script") if not tag.get("src")]
    faults += [f"inline style: {str(tag)[:80]}" for tag in soup.find_all("style")]
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                faults.append(f"{name} on <{tag.name}>")
            elif isinstance(value, str) and re.match(r"\s*(javascript|js):", value, re.I):
                faults.append(f"{name}={value!r} on <{tag.name}>")
    return faults


def _targets(soup: BeautifulSoup) -> list[str]:
    wanted = {tag["hx-target"] for tag in soup.find_all(attrs={"hx-target": True})}
    absent = [target for target in wanted if target.startswith("#") and not soup.select(target)]
    return [f"hx-target {target} is not on the page" for target in absent]


def _references(soup: BeautifulSoup) -> list[str]:
    """Labels, descriptions and links inside the page point at something."""
    ids = {tag["id"] for tag in soup.find_all(id=True)}
    faults = []
    for name in ("for", "aria-labelledby", "aria-describedby", "popovertarget", "list"):
        for tag in soup.find_all(attrs={name: True}):
            value = " ".join(tag[name]) if isinstance(tag[name], list) else tag[name]
            faults += [f"{name}={id!r} points at nothing" for id in value.split() if id not in ids]
    for link in soup.select('a[href^="#"]'):
        if link["href"] != "#" and link["href"][1:] not in ids:
            faults.append(f"link {link['href']} points at nothing")
    return faults
