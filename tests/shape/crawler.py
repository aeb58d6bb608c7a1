"""Somebody who walks all over the URL map, as anybody, with bent requests, and looks at every answer.

Forms are filled in with the fields their pages have, so that a post comes past CSRF and reaches its verb. The same
seed sends the same requests while the views and the cast are the same.
"""

from __future__ import annotations

import logging
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from flask import Flask
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import create_environ

from tests import cast
from tests.browsing import UNPACK, Visitor, outside
from tests.page import check_headers, read
from tests.shape.bends import Request, bend
from tests.shape.places import LEAVES, NUMBERS, address, options
from web.once import new_key

PLAUSIBLE = {  # what somebody might write in an empty field
    "document": (cast.STRANGER, "12.ABC.345/01DE-35", "111.444.777-35"),
    "name": ("Aurora Lima Couto", "Fibra nova"),
    "mobile": ("(37) 98888-1234",),
    "phone": ("(37) 3221-4321",),
    "email": ("aurora@exemplo.com",),
    "reason": ("Combinado por telefone",),
    "until": ("2026-12-24", "24/12/2099"),
    "cep": ("35500-120", "35500-000", "99999-999"),
    "mac": ("4C:5E:0C:9A:11:F2", "4c5e.0c9a.11f2", "4C-5E"),
    "fixed_ipv4": ("100.64.12.87", "100.64.12.300"),
    "ibge_code": ("3106200", "31"),
    "street": ("Rua Nova",),
    "number": ("77",),
    "district": ("Centro",),
    "city": ("Vale Claro",),
    "state": ("MG",),
    "description": ("Instalar fibra e ONU na sala",),
    "start_on": ("2026-12-24",),
    "start_time": ("08:00",),
    "installation_fee_cents": ("150,00",),
    "login": ("aurora.couto",),
    "password": ("uma frase bem comprida de testes",),
    "q": ("rita", "ze", "37998", "1"),
    "body": ("## Objeto\n\n{{cliente.nome}}",),
}
SELDOM = ("sair", "acao", "procurar", "tirar", "tipo", "overwrites")  # other buttons than the one that saves


class Heard(logging.Handler):
    """What the application complains of: failures, and rows that only a constraint kept out.

    Nobody else is writing, so no constraint is needed: where one was, a rule is missing in models/.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.exc_info or record.getMessage() == "constraint":
            trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
            self.lines.append(f"{record.getMessage()} {getattr(record, 'error', '')} {trace}")


@dataclass
class Person:
    sign_in: Callable[[], Visitor]
    rows: dict[str, int]  # of their company
    secrets: tuple[str, ...]  # what must never be shown to them

    def __post_init__(self) -> None:
        self.visitor = self.sign_in()


class Crawler:
    def __init__(self, app: Flask, people: dict[str, Person], comeback: Callable[[], None], seed: int) -> None:
        """`comeback` makes it possible that somebody who was sent away signs in again."""
        self.app, self.people, self.comeback, self.rng = app, people, comeback, random.Random(seed)
        rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "ui.index"]  # production has none
        self.rules = sorted(rules, key=lambda rule: (rule.rule, sorted(rule.methods or ())))
        self.adapter = app.url_map.bind("localhost")
        # What each view asks, field -> what may stand in it; kept apart, so that no secret is carried across
        self.forms: dict[tuple[tuple[str, ...], str], dict[str, list[str]]] = {}
        self.heard, self.sent, self.statuses = Heard(), 0, Counter[int]()
        self.slowest = (0.0, "")

    # ---- the walk

    def tour(self, *guides: str) -> None:
        """Open every page once, to learn its forms."""
        for who in guides:
            for rule in self.rules:
                if "GET" in (rule.methods or ()):
                    self.send(Request(who, "GET", rule.endpoint, self.path(rule, self.people[who].rows)))

    def walk(self, until: int) -> None:
        """Go on until so many requests were sent."""
        while self.sent < until:
            request = self.next()
            if request.method == "POST" and self.rng.random() < 0.5 and self.adapter.test(request.path, "GET"):
                self.send(Request(request.who, "GET", request.endpoint, request.path))
                request.fields = self.filled(request)  # with the version the page has now
            bend(self.rng, request)
            self.send(request)

    def next(self) -> Request:
        rule, anybody = self.rng.choice(self.rules), list(self.people)
        door = "portal" if rule.rule.startswith("/central") else "staff"
        insiders = [name for name in anybody if self.people[name].visitor.door == door]
        who = self.rng.choice(self.rng.choice((insiders[:1], insiders, insiders, anybody)))
        person, other = self.people[who], self.people[self.rng.choice(anybody)]
        rows = other.rows if person.secrets and self.rng.random() < 0.2 else person.rows
        method = self.rng.choice(sorted((rule.methods or {"GET"}) - {"HEAD", "OPTIONS"}))
        request = Request(who, method, rule.endpoint, self.path(rule, rows))
        if method == "POST":
            request.fields = self.filled(request)
        return request

    def path(self, rule: Rule, rows: dict[str, int]) -> str:
        names = sorted(rule.arguments - set(NUMBERS))
        with self.app.test_request_context():
            return address(self.app, rule, {name: self.rng.choice(options(rule, name)) for name in names}, rows)[0]

    def filled(self, request: Request) -> list[tuple[str, str]]:
        """The form of a view as somebody fills it in."""
        typed, person = [], self.people[request.who]
        for name, values in self.forms.get((person.secrets, request.endpoint), {}).items():
            if name not in SELDOM or self.rng.random() < 0.2:
                typed.append((quote(name), quote(self.rng.choice(values))))
        key = new_key() if self.rng.random() < 0.95 else "x"
        return [*typed, ("csrf_token", quote(person.visitor.token())), ("idem", key)]

    # ---- one request

    def send(self, request: Request) -> None:
        environ = create_environ(method="GET", data=request.data, content_type=request.type)
        environ |= {"REQUEST_METHOD": request.method, "QUERY_STRING": request.query, "REMOTE_ADDR": "127.0.0.1"}
        environ["PATH_INFO"] = unquote_to_bytes(request.path).decode("latin-1")
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
        browser, began = self.people[request.who].visitor.http, time.perf_counter()
        chunks, line, headers = outside(lambda: browser.run_wsgi_app(environ, buffered=True))
        body, status = b"".join(chunks), int(line[:3])
        self.slowest = max(self.slowest, (time.perf_counter() - began, str(request)))
        self.sent, self.statuses[status] = self.sent + 1, self.statuses[status] + 1
        packed = headers.get("Content-Encoding")
        text = (UNPACK[packed](body) if packed and body else body).decode("utf-8", "replace")
        self.check(request, status, dict(headers), text)
        self.learn(request, status, headers.get("Location") or headers.get("HX-Redirect") or "", text)

    def check(self, request: Request, status: int, headers: dict[str, str], text: str) -> None:
        about = f"request {self.sent}, {request}\nanswered {status}: {text[:300]}"
        assert not self.heard.lines, "\n".join([about, *self.heard.lines])
        assert status < 500 or (status == 503 and request.endpoint == "health.ready"), about
        assert not request.hopeless or status >= 400, f"accepted: {about}"
        assert "Traceback (most recent" not in text, about
        assert "<xss" not in text, f"what was typed is markup: {about}"
        told = [secret for secret in self.people[request.who].secrets if secret in text]
        assert not told, f"tells {told}: {about}"
        try:
            check_headers(headers)
        except AssertionError as error:
            raise AssertionError(f"{error}: {about}") from error

    def learn(self, request: Request, status: int, location: str, text: str) -> None:
        """The forms of a page; and whoever finds themselves outside signs in again."""
        if status == 200 and not request.bent:
            for form in _forms(text):
                self._learn_form(self.people[request.who].secrets, form)
        left = request.endpoint in LEAVES or re.search(r"/entrar(\?|$)", location)
        if left or "Recarregue" in text:
            self.comeback()
            self.people[request.who].visitor = self.people[request.who].sign_in()

    def _learn_form(self, secrets: tuple[str, ...], form: HtmlElement) -> None:
        for tag in (form, *form.xpath(".//*[@formaction or @hx-post]")):
            action = tag.get("formaction") or tag.get("hx-post") or tag.get("action")
            try:
                endpoint, _ = self.adapter.match(str(action).split("?")[0], "POST")
            except HTTPException:
                continue
            self.forms[secrets, endpoint] = _fields(form)


def _forms(html: str) -> list[HtmlElement]:
    return read(html).xpath('//form[@method="post"]') if "<form" in html else []


def _fields(form: HtmlElement) -> dict[str, list[str]]:
    """Each field with the values it offers; an empty one with what somebody might write there."""
    found: dict[str, list[str]] = {}
    for tag in form.xpath('.//*[@name and @name != "csrf_token" and @name != "idem"]'):
        name, values = tag.get("name"), [tag.get("value", "")]
        if tag.tag == "select":
            values = [option.get("value", option.text_content()) for option in tag.iter("option")]
        elif tag.tag == "textarea":
            values = [(tag.text or "").removeprefix("\n")]
        if not any(values):
            values = list(PLAUSIBLE.get(name.removeprefix("billing_"), ("",)))
        found[name] = [*found.get(name, []), *values]
    return found
