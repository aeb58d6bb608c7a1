"""Somebody who sends what no browser would: any view of the URL map, as anybody, each request bent in up to three ways.

Forms are filled in with the fields their pages have, so that a post comes past CSRF and reaches its verb. The same
seed sends the same requests while the views and the cast are the same.
"""

from __future__ import annotations

import logging
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from bs4 import Tag
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import create_environ

from tests import cast
from tests.browsing import UNPACK, Visitor, outside
from tests.page import check_headers, parsed
from tests.shape.places import address, options

HUGE = 2**63
IDS = ("0", "-1", "1", "7", str(HUGE - 1), str(HUGE), str(HUGE * 10), "9" * 400, "abc", "1.0", "1e3", "１", "٣", "²")
ODD = (
    "😀🏳️‍🌈 𝔘𝔫𝔦 \U0001f9d1\u200d\U0001f680",
    "\u202eאבג مرحبا\u202c",
    "x\"'><xss onload=alert(1)>{{7*7}}${7*7}%s%(a)s",
    "'; DROP TABLE person; --",
    "=HYPERLINK(1)",
    "\r\n\t Set-Cookie: a=b\r\n\r\n",
    "\u2028\u0085\ufeff\u00ad\u200b",
    "../../etc/passwd",
    "ａｂｃ ŁŃ ı İ ß ﬁ Å",
    "-0,00",
    "1.000.000.000.000,99",
    "NaN",
    "31/02/2026",
    "0001-01-01",
    "9999-12-31",
    "24:00",
    " ",
    "[]",
    '{"a": [1]}',
    "$date",
)
BROKEN = ("%00", "a%00b", "%FF", "%C3", "%ED%A0%80", "%1B[2J", "%08", "%F8%88%80%80%80")
PLAUSIBLE = {
    "document": (cast.STRANGER, "12.ABC.345/01DE-35", "111.444.777-35"),
    "name": ("Aurora Lima Couto", "Fibra nova"),
    "mobile": ("(37) 98888-1234",),
    "phone": ("(37) 3221-4321",),
    "email": ("aurora@exemplo.com",),
    "reason": ("Combinado por telefone",),
    "until": ("2026-12-24", "24/12/2099"),
    "cep": ("35500-120", "35500-000", "99999-999"),
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
EXTRA = ("id", "company_id", "person_id", "status", "role_id", "permissions", "price_cents", "inactive_since", "level")
QUERIES = ("pagina", "tipo", "antes", "next", "depois", "brand", "q", "csrf_token")
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get", "X" * 40)
TYPES = ("application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "image/png", "x/é")


@dataclass
class Request:
    who: str
    method: str
    endpoint: str
    path: str  # percent-encoded, as it travels
    query: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)  # percent-encoded, too
    headers: dict[str, str] = field(default_factory=dict)
    type: str = "application/x-www-form-urlencoded"
    body: bytes | None = None  # instead of the fields
    bent: list[str] = field(default_factory=list)
    hopeless: bool = False  # no view may accept it

    def set(self, name: str, value: str) -> None:
        self.fields = [(key, value if key == name else old) for key, old in self.fields]

    @property
    def data(self) -> bytes:
        if self.body is not None:
            return self.body
        return "&".join(f"{name}={value}" for name, value in self.fields).encode()

    def __str__(self) -> str:
        sent = f"{self.data[:400]!r} ({len(self.data)} bytes)"
        return f"{self.who}: {self.method} {self.path[:200]}?{self.query[:200]} {self.headers} {self.bent}\n{sent}"


class Heard(logging.Handler):
    """What the application complains about: failures, and rows that only a constraint kept out.

    Nobody else is writing, so no constraint should be needed: where one was, a rule is missing in models/.
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
    """A browser, how to sign in again, and what must never be shown in it."""

    sign_in: Callable[[], Visitor]
    rows: dict[str, int]  # of their company
    secrets: tuple[str, ...]

    def __post_init__(self) -> None:
        self.visitor = self.sign_in()


class Crawler:
    def __init__(
        self,
        app: Flask,
        people: dict[str, Person],
        everything: list[dict[str, int]],
        comeback: Callable[[], None],
        seed: int,
    ) -> None:
        self.app, self.people, self.everything, self.comeback = app, people, everything, comeback
        self.rng = random.Random(seed)
        rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "ui.index"]  # production has none
        self.rules = sorted(rules, key=lambda rule: (rule.rule, sorted(rule.methods or ())))
        self.adapter = app.url_map.bind("localhost")
        # What each view asks, field -> what may stand in it; kept apart, so that no secret is carried across
        self.forms: dict[tuple[tuple[str, ...], str], dict[str, list[str]]] = {}
        self.heard = Heard()
        self.sent = 0
        self.slowest = (0.0, "")
        self.statuses: dict[int, int] = {}

    # ---- the walk

    def tour(self, *guides: str) -> None:
        """Open every page once, to learn its forms."""
        for who in guides:
            for rule in self.rules:
                if "GET" in (rule.methods or ()):
                    self.send(Request(who, "GET", rule.endpoint, self.path(rule, self.people[who].rows)))

    def walk(self, until: int) -> None:
        """Send requests until there were so many."""
        while self.sent < until:
            request = self.next()
            if request.method == "POST" and self.rng.random() < 0.5 and self.adapter.test(request.path, "GET"):
                self.send(Request(request.who, "GET", request.endpoint, request.path))
                request.fields = self.filled(request)  # with the version the page has now
            chosen = self.rng.sample(BENDS, self.rng.choice((0, 1, 1, 1, 2, 2, 3)))
            for bend in sorted(chosen, key=BENDS.index):
                bend(self, request)
            self.send(request)

    def next(self) -> Request:
        rule = self.rng.choice(self.rules)
        door = "portal" if rule.rule.startswith("/central") else "staff"
        anybody = self.rng.random() < 0.15
        who = self.rng.choice([name for name, one in self.people.items() if anybody or one.visitor.door == door])
        method = self.rng.choice(sorted((rule.methods or {"GET"}) - {"HEAD", "OPTIONS"}))
        person, abroad = self.people[who], self.rng.choice(self.everything)
        rows = abroad if person.secrets and self.rng.random() < 0.2 else person.rows
        request = Request(who, method, rule.endpoint, self.path(rule, rows))
        if method == "POST":
            request.fields = self.filled(request)
        return request

    def path(self, rule: Rule, rows: dict[str, int]) -> str:
        """An address of this rule, with these rows in it."""
        words = {name: self.rng.choice(options(rule, name)) for name in rule.arguments if name not in NUMBERS}
        with self.app.test_request_context():
            return address(self.app, rule, rows, words)[0]

    def filled(self, request: Request) -> list[tuple[str, str]]:
        """The form of a view as somebody fills it in."""
        typed, person = [], self.people[request.who]
        for name, values in self.forms.get((person.secrets, request.endpoint), {}).items():
            if values and (name not in PRESSED or self.rng.random() < 0.2):
                typed.append((quote(name), quote(self.rng.choice(values))))
        return [*typed, ("csrf_token", quote(person.visitor.token()))]

    # ---- one request

    def send(self, request: Request) -> None:
        person = self.people[request.who]
        data = request.data
        environ = create_environ(method="GET", data=data, content_type=request.type)
        environ |= {"REQUEST_METHOD": request.method, "QUERY_STRING": request.query, "REMOTE_ADDR": "127.0.0.1"}
        environ["PATH_INFO"] = unquote_to_bytes(request.path).decode("latin-1")
        for name, value in request.headers.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        if not data:
            environ.pop("CONTENT_TYPE", None)
        began, self.heard.lines = time.perf_counter(), []
        chunks, status, headers = outside(lambda: person.visitor.http.run_wsgi_app(environ, buffered=True))
        took, body = time.perf_counter() - began, b"".join(chunks)
        self.sent += 1
        self.statuses[int(status[:3])] = self.statuses.get(int(status[:3]), 0) + 1
        self.slowest = max(self.slowest, (took, str(request)))
        self.check(request, int(status[:3]), dict(headers), body)
        self.learn(request, int(status[:3]), dict(headers), body)

    def check(self, request: Request, status: int, headers: dict[str, str], body: bytes) -> None:
        text = UNPACK.get(headers.get("Content-Encoding", ""), bytes)(body).decode("utf-8", "replace") if body else ""
        about = f"request {self.sent}, {request}\nanswered {status}: {text[:300]}"
        assert status < 500 or (status == 503 and request.endpoint == "health.ready"), "\n".join(
            [about, *self.heard.lines]
        )
        assert not self.heard.lines, "\n".join([about, *self.heard.lines])
        assert "Traceback (most recent" not in text, about
        assert "<xss" not in text, f"what was typed is markup: {about}"
        told = [secret for secret in self.people[request.who].secrets if secret in text]
        assert not told, f"tells {told}: {about}"
        assert not request.hopeless or status >= 400, f"accepted: {about}"
        try:
            check_headers(headers)
        except AssertionError as error:
            raise AssertionError(f"{error}: {about}") from error

    def learn(self, request: Request, status: int, headers: dict[str, str], body: bytes) -> None:
        """The forms of a page; and whoever finds themselves outside signs in again."""
        if status == 200 and headers.get("Content-Type", "").startswith("text/html") and not request.bent:
            for form in _forms(body.decode()):
                self._learn_form(self.people[request.who].secrets, form)
        lost = re.search(r"/entrar(\?|$)", headers.get("Location", "") or headers.get("HX-Redirect", ""))
        if lost or "Recarregue" in body.decode("utf-8", "replace"):
            self.comeback()
            self.people[request.who].visitor = self.people[request.who].sign_in()

    def _learn_form(self, secrets: tuple[str, ...], form: Tag) -> None:
        for tag in (form, *form.select("[formaction], [hx-post]")):
            address = tag.get("formaction") or tag.get("hx-post") or tag.get("action")
            try:
                endpoint, _ = self.adapter.match(str(address).split("?")[0], "POST")
            except HTTPException:
                continue
            self.forms[secrets, endpoint] = _fields(form)


NUMBERS = ("id", "document_id", "number")
PRESSED = ("sair", "acao", "procurar", "tirar", "tipo", "overwrites")  # buttons: seldom


def _forms(html: str) -> Iterator[Tag]:
    for text in re.findall(r'<form\b[^>]*method="post".*?</form>', html, re.S):
        yield parsed(text).form  # type: ignore[misc]


def _fields(form: Tag) -> dict[str, list[str]]:
    """Each field with the values it offers; an empty one with what somebody might write there."""
    found: dict[str, list[str]] = {}
    for tag in form.select("input[name], select[name], textarea[name], button[name]"):
        name, values = str(tag["name"]), [str(tag.get("value", ""))]
        if name == "csrf_token":
            continue
        if tag.name == "select":
            values = [str(option.get("value", option.get_text())) for option in tag.select("option")]
        elif tag.name == "textarea":
            values = [tag.get_text()]
        if not any(values):
            values = list(PLAUSIBLE.get(name.removeprefix("billing_"), ("",)))
        found[name] = [*found.get(name, []), *values]
    return found


# ---- how a request is bent, in this order: what makes it hopeless comes last

Bend = Callable[[Crawler, Request], None]
BENDS: list[Bend] = []


def bend(act: Callable[[random.Random, Request], Any]) -> Callable[[random.Random, Request], Any]:
    def apply(crawler: Crawler, request: Request) -> None:
        if act(crawler.rng, request) is not NotImplemented:
            request.bent.append(act.__name__)

    BENDS.append(apply)
    return act


def bend_post(act: Callable[[random.Random, Request], Any]) -> Callable[[random.Random, Request], Any]:
    """Only of a post with a form."""

    def apply(crawler: Crawler, request: Request) -> None:
        if request.method == "POST" and request.body is None and request.type.endswith("urlencoded"):
            act(crawler.rng, request)
            request.bent.append(act.__name__)

    BENDS.append(apply)
    return act


@bend
def another_method(rng: random.Random, request: Request) -> None:
    request.method, request.hopeless = rng.choice(METHODS), False


@bend
def another_id(rng: random.Random, request: Request) -> None:
    request.path = re.sub(r"(?<=/)\d+(?=/|$)", lambda _: quote(rng.choice(IDS)), request.path)


@bend
def odd_address(rng: random.Random, request: Request) -> None:
    request.path += rng.choice(
        ("/", "//", "/..", "/%2e%2e/%2e%2e/", ";a=b", "%20", "/%F0%9F%98%80", "%5c", "/" + "a" * 8000)
    )


@bend
def odd_query(rng: random.Random, request: Request) -> None:
    odd = [*ODD, *IDS, "//evil.example", "/\\evil.example", "https://evil.example", "a" * 9000]
    pairs = [f"{rng.choice(QUERIES)}={quote(rng.choice(odd))}" for _ in range(rng.randint(1, 4))]
    request.query = "&".join(pairs) + rng.choice(("", "&", "&=", "&a[]=1", "&%25=%", "&" * 2000))


@bend
def forged_htmx(rng: random.Random, request: Request) -> None:
    kinds = ("partial", "full", "", "partial, full", "x" * 5000)
    names = ("HX-Target", "HX-Trigger", "HX-Trigger-Name", "HX-Current-URL", "HX-Source", "HX-Prompt", "HX-Boosted")
    request.headers |= {"HX-Request": rng.choice(("true", "false", "1")), "HX-Request-Type": rng.choice(kinds)}
    request.headers |= {name: rng.choice(("<script>", "#main", "https://evil.example/", "\xff\xfe")) for name in names}
    request.headers["HX-History-Restore-Request"] = rng.choice(("true", ""))


@bend
def forged_origin(rng: random.Random, request: Request) -> None:
    there = rng.choice(("203.0.113.9", "127.0.0.1, 10.0.0.1", "::1", "x" * 4000, "\xe9", "unknown"))
    names = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port")
    request.headers |= dict.fromkeys((*names, "X-Original-URL", "X-HTTP-Method-Override", "X-Rewrite-URL"), there)


@bend
def junk_headers(rng: random.Random, request: Request) -> None:
    junk = (
        "*/*;q=9",
        "text/html;q=nan",
        ";;;,,,=",
        "\xff" * 50,
        "é",
        "a" * 8000,
        "bytes=0-",
        "bytes=9-1,-5",
        '"',
        "-1",
    )
    names = ("Accept", "Accept-Language", "Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since", "If-Range")
    more = ("Referer", "Origin", "User-Agent", "Authorization", "X-CSRFToken", "Content-Encoding", "Expect", "Date")
    for name in rng.sample((*names, *more), 5):
        request.headers[name] = rng.choice(junk)


@bend
def junk_host(rng: random.Random, request: Request) -> None:
    hosts = (
        "evil.example",
        "localhost:99999",
        "localhost:x",
        "[::1",
        "a b",
        "",
        "é",
        "x" * 300,
        "a,b",
        "<script>",
        "..",
    )
    request.headers["Host"] = rng.choice(hosts)


@bend_post
def fewer_fields(rng: random.Random, request: Request) -> None:
    request.fields = [pair for pair in request.fields if pair[0] == "csrf_token" or rng.random() < 0.5]


@bend_post
def another_value(rng: random.Random, request: Request) -> None:
    _change(rng, request, lambda: quote(rng.choice(ODD)))


@bend_post
def another_number(rng: random.Random, request: Request) -> None:
    _change(rng, request, lambda: quote(rng.choice((*IDS, str(rng.randint(1, 40))))))


@bend_post
def long_value(rng: random.Random, request: Request) -> None:
    _change(rng, request, lambda: quote(rng.choice(("x", "9", " ", "é", "<", "a b"))) * 100_000, most=1)
    request.hopeless = len(request.data) > 512 * 1024 or request.hopeless


@bend_post
def more_fields(rng: random.Random, request: Request) -> None:
    request.fields += [(name, quote(rng.choice((*IDS, *ODD)))) for name in rng.sample(EXTRA, 4)]


@bend_post
def repeated_fields(rng: random.Random, request: Request) -> None:
    again = [(name, quote(rng.choice((*ODD, *IDS)))) for name, _ in request.fields if name != "csrf_token"]
    request.fields = request.fields + again if rng.random() < 0.5 else again + request.fields


@bend_post
def ten_thousand_fields(rng: random.Random, request: Request) -> None:
    request.fields += [(f"campo{i}" if rng.random() < 0.5 else "tags", str(i)) for i in range(10_000)]


@bend_post
def in_parts(rng: random.Random, request: Request) -> None:
    """The form as multipart, with a file among the fields."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + unquote_to_bytes(value)
        for name, value in request.fields
    ]
    file = b'--x\r\nContent-Disposition: form-data; name="logo"; filename="../a\x00.png"\r\n\r\n' + rng.randbytes(200)
    request.type, request.body = "multipart/form-data; boundary=x", b"\r\n".join([*parts, file, b"--x--\r\n"])


@bend_post
def no_token(rng: random.Random, request: Request) -> None:
    old = ("", "x", "IjAxMjM0NTY3ODlhYmNkZWYi.aAaAaA.AAAAAAAAAAAAAAAAAAAAAAAAAAA", quote("é"), "%25")
    request.set("csrf_token", rng.choice(old))
    request.hopeless = True


@bend_post
def broken_value(rng: random.Random, request: Request) -> None:
    request.fields.append((rng.choice(("name", "reason", "q", "novo")), rng.choice(BROKEN)))
    request.hopeless = True


@bend_post
def broken_name(rng: random.Random, request: Request) -> None:
    request.fields.append((rng.choice(BROKEN), "1"))
    request.hopeless = True


@bend_post
def another_type(rng: random.Random, request: Request) -> None:
    """The same bytes under another name: there is no token in them then."""
    request.type, request.body, request.hopeless = rng.choice(TYPES), request.data, True


@bend_post
def garbage(rng: random.Random, request: Request) -> None:
    request.body, request.hopeless = rng.randbytes(rng.choice((1, 50, 3000))), True


@bend_post
def a_mebibyte(rng: random.Random, request: Request) -> None:
    request.body, request.hopeless = request.data + b"&a=" + rng.choice((b"x", b"%", b"\xff")) * 2**20, True


@bend
def another_site(rng: random.Random, request: Request) -> Any:
    request.headers["Sec-Fetch-Site"] = "cross-site"
    request.hopeless = request.hopeless or request.method == "POST"


@bend
def broken_address(rng: random.Random, request: Request) -> None:
    broken = rng.choice(BROKEN)
    if rng.random() < 0.5:
        request.query = f"{rng.choice(QUERIES)}={broken}"
    else:
        request.path = f"{request.path.rstrip('/')}/{broken}"
    request.hopeless = True


def _change(rng: random.Random, request: Request, value: Callable[[], str], most: int = 3) -> None:
    names = [name for name, _ in request.fields if name != "csrf_token"]
    for name in rng.sample(names, min(len(names), rng.randint(1, most))):
        request.set(name, value())
