"""The forms of every page, filled in as somebody might: what the walks over creating and editing forms post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Flask
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException

from tests.browsing import Visitor, form_values
from tests.page import words
from tests.shape.crawler import PLAUSIBLE
from tests.shape.places import LEAVES, places

# What is typed where the crawler does not know better, or for one form alone.
TYPED: dict[str, Any] = {
    **{name: values[0] for name, values in PLAUSIBLE.items()},
    "until": "2026-12-24",
    "amount_cents": "50,00",
    "counted_cents": "50,00",
    "price_cents": "50,00",
    "rows-0-name": "Internet (SCM)",
    "rows-0-amount_cents": "50,00",
    "legal_name": "Serra Nova Telecom Ltda",
    "pix_key": "nova@provedor.example",
    "termination_days": "60",
    "code": "700",
    "text": "Ouça até o fim.",
    "link": "https://ajuda.provedor.example/roteiro",
    "agreed_with": "Eunice Martins",
    "agreed_cents": "24,90",
    "device": "Yealink T31",
    "sector": "Vendas",
    "done": "Conector trocado.",
}


class Drawn(NamedTuple):
    """A form on a page."""

    endpoint: str
    page: str
    action: str
    values: dict[str, Any]


def forms(app: Flask, visitor: Visitor, rows: dict[str, int], door: str) -> Iterator[Drawn]:
    """Every posting form of every page of a door, once for each address it is posted to."""
    seen = set()
    for place in places(app, rows):
        if place.method == "GET" and place.endpoint.startswith(f"{door}.") and place.endpoint not in LEAVES:
            for drawn in of_page(app, visitor, place.path):
                if drawn.action not in seen:
                    seen.add(drawn.action)
                    yield drawn


def of_page(app: Flask, visitor: Visitor, path: str) -> Iterator[Drawn]:
    answer = visitor.get(path)
    if answer.status != 200 or not answer.html:
        return
    for form in answer.tree.xpath('//form[@method="post"]'):
        action = form.get("action")
        try:
            endpoint, _ = app.url_map.bind("localhost").match(action.split("?")[0], "POST")
        except HTTPException:
            continue
        yield Drawn(endpoint, path, action, filled(form))


def filled(form: HtmlElement) -> dict[str, Any]:
    """What is empty gets the first that is offered, or what somebody might write; what is edited keeps its choices."""
    values = form_values(form)
    for field in form.xpath(".//*[@name]"):
        name, kind = field.get("name"), field.get("type", "")
        if name in ("csrf_token", "idem", "version", "overwrites") or values.get(name):
            continue
        if field.tag == "select" and "version" in values:
            continue
        if field.tag == "select":
            offered = [option.get("value", words(option)) for option in field.iter("option")]
            values[name] = next((value for value in offered if value), "")
        elif kind in ("radio", "checkbox") and field.get("disabled") is None:
            values[name] = [field.get("value", "on")] if kind == "checkbox" else field.get("value", "on")
        elif kind == "file":
            values[name] = (b"nada", "retorno.ret")
        elif kind not in ("submit", "hidden", "radio", "checkbox") and field.tag in ("input", "textarea"):
            values[name] = TYPED.get(name, TYPED.get(name.rpartition("-")[0], ""))  # of `device-12` as of `device`
    return values
