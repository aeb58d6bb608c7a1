"""Static files: read once, compressed once, at addresses that change with their content.

Every page is of one family, which it names with `{% set family = "lists" %}`; without it, of its door's. A family has
one style sheet and one script, joined from the parts named here, in this order: a later part overrules an earlier.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache

import brotli
import rcssmin
from flask import Blueprint, Response, abort, request, url_for

from models.operators.company import BRAND, colours
from web import brand
from web.access import public
from web.settings import ROOT

STATIC = ROOT / "static"
MIMES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
FOREVER = "public, max-age=31536000, immutable"

_PAINEL = "base fields staff tables forms"
_PAINEL_SCRIPT = "base typed sending copy formats forms tables dialogs palette"
STYLES = {  # parts of static/css
    "portal": "base fields portal",
    "help": "base fields portal help",
    "phone": "base fields portal phone",
    "staff": _PAINEL,
    "bare": f"{_PAINEL} bare",
    "counter": _PAINEL,
    "lists": f"{_PAINEL} lists",
    "charts": f"{_PAINEL} lists charts",
    "customer": f"{_PAINEL} customer",
    "ticket": f"{_PAINEL} lists ticket",
    "attachments": f"{_PAINEL} lists ticket",
    "diagnosis": f"{_PAINEL} charts ticket",
    "express": f"{_PAINEL} ticket express",
    "procedures": f"{_PAINEL} procedures",
    "board": f"{_PAINEL} telephony board",
    "field": f"{_PAINEL} field",
    "agenda": f"{_PAINEL} lists agenda",
    "ui": f"{_PAINEL} lists charts ticket telephony board",
}
SCRIPTS = {  # parts of static/js; a family that is not here has the script of its door
    "portal": "base sending copy formats installing",
    "help": "base sending copy formats installing help",
    "phone": "base kept visit",
    "staff": _PAINEL_SCRIPT,
    "counter": f"{_PAINEL_SCRIPT} counter",
    "lists": f"{_PAINEL_SCRIPT} lists",
    "charts": f"{_PAINEL_SCRIPT} lists",
    "ticket": f"{_PAINEL_SCRIPT} tickets answers",
    "attachments": f"{_PAINEL_SCRIPT} tickets uploads",
    "diagnosis": f"{_PAINEL_SCRIPT} tickets answers",
    "express": f"{_PAINEL_SCRIPT} tickets answers",
    "procedures": f"{_PAINEL_SCRIPT} tickets",
    "board": f"{_PAINEL_SCRIPT} board",
    "agenda": f"{_PAINEL_SCRIPT} agenda",
    "ui": f"{_PAINEL_SCRIPT} tickets uploads board",
}

assets = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    mime: str
    bodies: dict[str, bytes]  # by content encoding
    version: str


@cache
def _files() -> dict[str, Asset]:
    """What is served by its name: every file but the parts, which are served joined."""
    whole = [path for path in STATIC.rglob("*") if path.suffix in MIMES and path.parent.name not in ("css", "js")]
    files = {path.relative_to(STATIC).as_posix(): _asset(path.read_bytes(), MIMES[path.suffix]) for path in whole}
    return files | {f"{family}.js": _asset(_script(parts).encode(), MIMES[".js"]) for family, parts in SCRIPTS.items()}


def _script(parts: str) -> str:
    """One function around all parts: they share their names with each other and with nobody else.

    Lines that are a comment, and what indents the others, stay at home.
    """
    lines = (bare for line in _joined("js", parts).splitlines() if not (bare := line.lstrip()).startswith("//"))
    return "(() => {\n" + "\n".join(lines) + "\n})();\n"


def _joined(kind: str, parts: str) -> str:
    return "\n".join((STATIC / kind / f"{part}.{kind}").read_text() for part in parts.split())


@cache
def _stylesheet(family: str, colour: str) -> Asset:
    sheet = rcssmin.cssmin(_joined("css", STYLES[family]) + brand.tokens(colour))
    return _asset(sheet.encode(), MIMES[".css"])


def _asset(body: bytes, mime: str) -> Asset:
    bodies = {"": body}
    if not mime.startswith("image/png"):
        bodies |= {"br": brotli.compress(body), "gzip": gzip.compress(body, 9)}
    return Asset(mime, bodies, hashlib.sha256(body).hexdigest()[:10])


@cache  # every icon of a page asks
def asset(name: str) -> str:
    return url_for("assets.file", version=_files()[name].version, name=name)


def stylesheet(family: str, colour: str) -> str:
    """The address of the sheet of a family, with the provider's colour."""
    version = _stylesheet(family, colour.lower()).version
    return url_for("assets.style", family=family, colour=colour.lower().lstrip("#"), version=version)


def script(family: str, door: str) -> str:
    """The address of the script of a family, or of its door."""
    return asset(f"{family if family in SCRIPTS else door}.js")


@assets.get("/static/<version>/<path:name>")
@public
def file(version: str, name: str) -> Response:
    return _send(_files().get(name))


@assets.get(f"/estilo/<any({','.join(STYLES)}):family>-<colour>-<version>.css")
@public
def style(family: str, colour: str, version: str) -> Response:
    colour = f"#{colour.lower()}"
    if colour != BRAND and colour not in colours():  # each is made once and kept, so not for just anybody
        abort(404)
    return _send(_stylesheet(family, colour))


@assets.get("/favicon.ico")
@public
def favicon() -> Response:
    return _send(_files()["favicon.svg"])


def _send(found: Asset | None) -> Response:
    if found is None:
        abort(404)
    encoding = request.accept_encodings.best_match([code for code in ("br", "gzip") if code in found.bodies]) or ""
    response = Response(found.bodies[encoding], content_type=found.mime)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOREVER
    return response
