"""How a request is bent until no browser would send it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes

FORM = "application/x-www-form-urlencoded"
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
    '{"a": [1]}',
    "$date",
)
BROKEN = ("%00", "a%00b", "%FF", "%C3", "%ED%A0%80", "%1B[2J", "%08", "%F8%88%80%80%80")  # no text at all
TAILS = ("/", "//", "/..", "/%2e%2e/%2e%2e/", ";a=b", "%20", "/%F0%9F%98%80", "%5c", "/" + "a" * 8000)
QUERIES = ("tipo", "antes", "next", "depois", "brand", "q", "csrf_token")
EXTRA = ("id", "company_id", "person_id", "status", "role_id", "permissions", "price_cents", "inactive_since", "level")
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get", "X" * 40)
TYPES = ("application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "image/png", "x/é")
HOSTS = ("evil.example", "localhost:99999", "localhost:x", "[::1", "a b", "", "é", "x" * 300, "a,b", "<script>", "..")
JUNK = ("*/*;q=9", "text/html;q=nan", ";;;,,,=", "\xff" * 50, "a" * 8000, "bytes=0-", "bytes=9-1,-5", '"', "-1")
HEADERS = (
    *("Accept", "Accept-Language", "Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since", "If-Range"),
    *("Referer", "Origin", "User-Agent", "Authorization", "X-CSRFToken", "Content-Encoding", "Expect", "Date"),
)
ORIGINS = (
    *("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port"),
    *("X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override"),
)
HTMX = ("HX-Target", "HX-Trigger", "HX-Trigger-Name", "HX-Current-URL", "HX-Source", "HX-Prompt", "HX-Boosted")


@dataclass
class Request:
    who: str
    method: str
    endpoint: str
    path: str  # percent-encoded, as it travels
    query: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)  # percent-encoded, too
    headers: dict[str, str] = field(default_factory=dict)
    type: str = FORM
    body: bytes | None = None  # instead of the fields
    bent: list[str] = field(default_factory=list)
    hopeless: bool = False  # no view may accept it

    @property
    def is_form(self) -> bool:
        return self.method == "POST" and self.body is None

    @property
    def data(self) -> bytes:
        return "&".join(f"{name}={value}" for name, value in self.fields).encode() if self.body is None else self.body

    def __str__(self) -> str:
        address = f"{self.method} {self.path[:200]}?{self.query[:200]}"
        return f"{self.who}: {address} {self.headers} {self.bent}\n{self.data[:400]!r} ({len(self.data)} bytes)"


Bend = Callable[[random.Random, Request], None]


def bend(rng: random.Random, request: Request) -> None:
    """In up to three ways; one of five beyond hope."""
    chosen = sorted(rng.sample(BENDS, rng.choice((0, 1, 1, 1, 2, 2, 3))), key=BENDS.index)
    hopeless = [rng.choice(HOPELESS)] if rng.random() < 0.2 else []
    for act in chosen + hopeless:
        if request.is_form or act not in OF_FORMS:
            act(rng, request)
            request.bent.append(act.__name__)
            request.hopeless |= act in HOPELESS


# ---- of any request


def another_method(rng: random.Random, request: Request) -> None:
    request.method = rng.choice(METHODS)


def another_id(rng: random.Random, request: Request) -> None:
    request.path = re.sub(r"(?<=/)\d+(?=/|$)", lambda _: quote(rng.choice(IDS)), request.path)


def odd_address(rng: random.Random, request: Request) -> None:
    request.path += rng.choice(TAILS)


def odd_query(rng: random.Random, request: Request) -> None:
    odd = [*ODD, *IDS, "//evil.example", "/\\evil.example", "https://evil.example", "a" * 9000]
    pairs = [f"{rng.choice(QUERIES)}={quote(rng.choice(odd))}" for _ in range(rng.randint(1, 4))]
    request.query = "&".join(pairs) + rng.choice(("", "&", "&=", "&a[]=1", "&%25=%", "&" * 2000))


def forged_htmx(rng: random.Random, request: Request) -> None:
    kinds, values = ("partial", "full", "", "partial, full", "x" * 5000), ("<script>", "#main", "//evil", "\xff\xfe")
    request.headers |= {"HX-Request": rng.choice(("true", "false", "1")), "HX-Request-Type": rng.choice(kinds)}
    request.headers |= {name: rng.choice(values) for name in HTMX}
    request.headers["HX-History-Restore-Request"] = rng.choice(("true", ""))


def forged_origin(rng: random.Random, request: Request) -> None:
    there = rng.choice(("203.0.113.9", "127.0.0.1, 10.0.0.1", "::1", "x" * 4000, "\xe9", "unknown"))
    request.headers |= dict.fromkeys(ORIGINS, there)


def junk_headers(rng: random.Random, request: Request) -> None:
    request.headers |= {name: rng.choice(JUNK) for name in rng.sample(HEADERS, 5)}


def junk_host(rng: random.Random, request: Request) -> None:
    request.headers["Host"] = rng.choice(HOSTS)


# ---- of a form


def fewer_fields(rng: random.Random, request: Request) -> None:
    request.fields = [pair for pair in request.fields if pair[0] == "csrf_token" or rng.random() < 0.5]


def another_value(rng: random.Random, request: Request) -> None:
    _change(request, rng.sample(_names(request), min(3, len(_names(request)))), lambda: quote(rng.choice(ODD)))


def another_number(rng: random.Random, request: Request) -> None:
    numbers = (*IDS, *(str(rng.randint(1, 40)) for _ in IDS))
    _change(request, rng.sample(_names(request), min(3, len(_names(request)))), lambda: quote(rng.choice(numbers)))


def long_value(rng: random.Random, request: Request) -> None:
    long = quote(rng.choice(("x", "9", " ", "é", "<", "a b"))) * 100_000
    _change(request, rng.sample(_names(request), min(1, len(_names(request)))), lambda: long)


def more_fields(rng: random.Random, request: Request) -> None:
    request.fields += [(name, quote(rng.choice((*IDS, *ODD)))) for name in rng.sample(EXTRA, 4)]


def repeated_fields(rng: random.Random, request: Request) -> None:
    again = [(name, quote(rng.choice((*ODD, *IDS)))) for name in _names(request)]
    request.fields = request.fields + again if rng.random() < 0.5 else again + request.fields


def ten_thousand_fields(rng: random.Random, request: Request) -> None:
    request.fields += [(rng.choice(("tags", f"campo{i}")), str(i)) for i in range(10_000)]


def in_parts(rng: random.Random, request: Request) -> None:
    """As multipart, with a file among the fields."""
    head = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n'
    parts = [head.format(name).encode() + unquote_to_bytes(value) for name, value in request.fields]
    file = head.format('logo"; filename="../a\x00.png').encode() + rng.randbytes(200)
    request.type, request.body = "multipart/form-data; boundary=x", b"\r\n".join([*parts, file, b"--x--\r\n"])


# ---- beyond hope


def broken_address(rng: random.Random, request: Request) -> None:
    if rng.random() < 0.5:
        request.query = f"{rng.choice(QUERIES)}={rng.choice(BROKEN)}"
    else:
        request.path = f"{request.path.rstrip('/')}/{rng.choice(BROKEN)}"


def another_site(rng: random.Random, request: Request) -> None:
    request.headers["Sec-Fetch-Site"] = "cross-site"


def no_token(rng: random.Random, request: Request) -> None:
    old = ("", "x", "IjAxMjM0NTY3ODlhYmNkZWYi.aAaAaA.AAAAAAAAAAAAAAAAAAAAAAAAAAA", quote("é"), "%25")
    _change(request, ["csrf_token"], lambda: rng.choice(old))


def broken_value(rng: random.Random, request: Request) -> None:
    request.fields.append((rng.choice(("name", "reason", "q", "novo")), rng.choice(BROKEN)))


def broken_name(rng: random.Random, request: Request) -> None:
    request.fields.append((rng.choice(BROKEN), "1"))


def another_type(rng: random.Random, request: Request) -> None:
    """The same bytes under another name: no token is found in them."""
    request.type, request.body = rng.choice(TYPES), request.data


def garbage(rng: random.Random, request: Request) -> None:
    request.body = rng.randbytes(rng.choice((1, 50, 3000)))


def a_mebibyte(rng: random.Random, request: Request) -> None:
    request.body = request.data + b"&a=" + rng.choice((b"x", b"%", b"\xff")) * 2**20


def _names(request: Request) -> list[str]:
    return [name for name, _ in request.fields if name != "csrf_token"]


def _change(request: Request, names: list[str], value: Callable[[], str]) -> None:
    request.fields = [(name, value() if name in names else old) for name, old in request.fields]


# in the order in which they are done
BENDS: list[Bend] = [
    *(another_method, another_id, odd_address, odd_query, forged_htmx, forged_origin, junk_headers, junk_host),
    *(fewer_fields, another_value, another_number, long_value, more_fields, repeated_fields, ten_thousand_fields),
    in_parts,
]
HOPELESS: list[Bend] = [
    *(broken_address, another_site, no_token, broken_value, broken_name, another_type, garbage, a_mebibyte),
]
OF_FORMS = {*BENDS[BENDS.index(fewer_fields) :], *HOPELESS[1:]}
