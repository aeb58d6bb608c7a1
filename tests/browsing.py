"""A person at a door, as far as a test client can be one: cookies, the CSRF token of a page, every page checked."""

from __future__ import annotations

import contextvars
import gzip
import re
import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import brotli
from bs4 import BeautifulSoup
from flask import Flask, has_app_context
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from models import clock
from models.base import db
from tests.page import PUBLIC, check_headers, is_page, page, parsed, words
from web.once import LEFT_OUT, new_key

T = TypeVar("T")
UNPACK: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "br": brotli.decompress}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
ENTRIES = {"staff": "/entrar", "portal": "/central/entrar"}
COOKIES = {"staff": "staff", "portal": "central"}
WITHOUT_VERSION: set[str] = set()  # pages that were seen to draw none


def outside(call: Callable[[], T]) -> T:
    """Run as a thread of the web server would: nobody acting, no session, no `g` of the test; only its clock.

    What the test wrote is committed first, so that the other side sees it and SQLite's one write lock is free.
    """
    if has_app_context():
        db.session.commit()
    return elsewhere(call)()


def elsewhere(call: Callable[[], T]) -> Callable[[], T]:
    """The call, to be run in a context of its own that has kept the clock of this one."""
    stopped = clock._fixed.get()

    def run() -> T:
        clock._fixed.set(stopped)
        return call()

    return lambda: contextvars.Context().run(run)


class Answer:
    """What came back, checked. `words` is what a person reads; `page` answers other questions, and takes longer."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = self.status_code = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location") or response.headers.get("HX-Redirect")
        self.data = response.get_data()  # as it travelled
        packed = response.headers.get("Content-Encoding")
        self._body = UNPACK[packed](self.data) if packed else self.data
        check_headers(dict(response.headers))
        self.tree = page(self.html)
        assert self.headers.get("Cache-Control") != PUBLIC or "csrf" not in self.html.lower()

    @cached_property
    def html(self) -> str:
        """The page or fragment; nothing for a redirection, whose body nobody reads."""
        is_html = self.response.mimetype == "text/html" and not 300 <= self.status < 400
        return self._body.decode() if is_html else ""

    @property
    def text(self) -> str:
        """What is no page: a file, as text."""
        return self._body.decode()

    @property
    def json(self) -> Any:
        return self.response.get_json()

    @cached_property
    def page(self) -> BeautifulSoup:
        return parsed(self.html)

    @property
    def words(self) -> str:
        return words(self.tree.find("body") if is_page(self.html) else self.tree)

    @property
    def h1(self) -> str:
        return words(self.tree.find(".//h1"))

    def errors(self) -> dict[str, str]:
        """The sentence beside each field in error, by the field's name."""
        found = {}
        for field in self.tree.xpath('//*[@aria-invalid="true"]'):
            about = field.get("aria-describedby", "").split()
            texts = [words(self.tree.xpath("//*[@id=$id]", id=id)[0]) for id in about if "err" in id]
            found[field.get("name") or field.get("id")] = " ".join(texts)
        return found

    def form(self, action: str | None = None) -> dict[str, Any]:
        """What a form would send as it stands, without its two keys; the first post form, or that of an action."""
        forms = self.tree.xpath('//main//form[@method="post"]') or self.tree.xpath('//form[@method="post"]')
        chosen = next(form for form in forms if action is None or form.get("action") == action)
        return form_values(chosen)

    def __repr__(self) -> str:
        return f"<{self.status} {self.location or self.html[:60]!r}>"


class Visitor:
    """A browser with one person in it. Any door's cookies may live in it, as in a real one."""

    def __init__(self, app: Flask, door: str) -> None:
        self.app, self.door = app, door
        self.http = app.test_client()
        self._token = ""

    def get(self, path: str, *, htmx: bool = False, faults: bool = False, **more: Any) -> Answer:
        return self._ask("GET", path, htmx, faults, **more)

    def post(
        self,
        path: str,
        data: Any = None,
        *,
        htmx: bool = False,
        faults: bool = False,
        token: str | None = None,
        **more: Any,
    ) -> Answer:
        """Post a form, as if just drawn: with a new idem key, the CSRF token of the last page of this browser, and the
        version of the row that an edit form has now. Each may be given instead.
        """
        sent = dict(data or {}) if not isinstance(data, bytes | str) else data
        if isinstance(sent, dict):
            sent = {key: value for key, value in sent.items() if value is not None}
            sent["csrf_token"] = self.token() if token is None else token
            sent.setdefault("idem", new_key())
            if "version" not in sent:
                sent |= self._drawn(path)
        return self._ask("POST", path, htmx, faults, data=sent, **more)

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer leads."""
        assert answer.location, f"{answer} leads nowhere"
        return self.get(answer.location)

    def token(self) -> str:
        if not self._token:
            entry = outside(lambda: self.http.get(ENTRIES[self.door])).get_data(as_text=True)
            self._token = re.search(r'name="csrf_token" value="([^"]+)"', entry)[1]
        return self._token

    def cookie(self, name: str | None = None) -> Any:
        return self.http.get_cookie(name or COOKIES[self.door])

    def _drawn(self, path: str) -> dict[str, str]:
        """The version in the form that is posted here, when the page of the same address draws one."""
        try:
            endpoint, _ = self.app.url_map.bind("localhost").match(path.split("?", maxsplit=1)[0], "GET")
        except HTTPException:
            return {}
        if endpoint in WITHOUT_VERSION:
            return {}
        response = outside(lambda: self.http.get(path))
        page = response.get_data(as_text=True) if response.status_code == 200 else ""
        found = re.search(r'name="version" value="(\d+)"', page)
        if f'action="{path}"' in page and not found:
            WITHOUT_VERSION.add(endpoint)
        return {"version": found[1]} if found else {}

    def _ask(self, method: str, path: str, htmx: bool, faults: bool, **more: Any) -> Answer:
        headers = {**(HTMX if htmx else {}), **more.pop("headers", {})}
        response = outside(lambda: self.http.open(path, method=method, headers=headers, **more))
        answer = Answer(response)
        assert faults or answer.status < 500, f"{method} {path}: {answer.status}, see the log"
        self._remember(answer)
        return answer

    def _remember(self, answer: Answer) -> None:
        if any("_form=;" in line for line in answer.headers.getlist("Set-Cookie")):
            self._token = ""  # signing in and out begins a new form session: read a page again
        found = answer.tree.xpath('//input[@name="csrf_token"]/@value')
        if found:
            self._token = found[0]
        elif "X-CSRFToken" in answer.html:
            body = answer.tree.find("body").get("hx-headers:inherited", "")
            self._token = body.split('"')[3] if body.count('"') > 3 else self._token


def race(count: int, act: Callable[[int], T]) -> list[T | Exception]:
    """Run `act(0)` ... `act(count - 1)` at the same moment, each in a thread; their answers, or what they raised.

    Give every thread its own visitor, made before, and call its `token()` so that only the race is left.
    """
    barrier = threading.Barrier(count)
    results: list[T | Exception] = [RuntimeError("never ran")] * count

    def one(index: int) -> None:
        try:
            barrier.wait(60)
            results[index] = act(index)
        except Exception as error:
            results[index] = error

    if has_app_context():
        db.session.commit()
    threads = [threading.Thread(target=elsewhere(lambda index=index: one(index))) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


def form_values(form: HtmlElement) -> dict[str, Any]:
    values: dict[str, Any] = {}

    def put(name: str, value: str, many: bool = False) -> None:
        values[name] = [*values.get(name, []), value] if many else value

    for field in form.iter("input", "select", "textarea"):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or name in LEFT_OUT or kind in ("submit", "button", "image", "file"):
            continue
        if field.tag == "select":
            options = list(field.iter("option"))
            for option in [option for option in options if option.get("selected") is not None] or options[:1]:
                put(name, option.get("value", words(option)), field.get("multiple") is not None)
        elif field.tag == "textarea":
            put(name, (field.text or "").removeprefix("\n"))
        elif kind in ("checkbox", "radio"):
            if field.get("checked") is not None:
                put(name, field.get("value", "on"), kind == "checkbox")
        else:
            put(name, field.get("value", ""))
    return values
