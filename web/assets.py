"""Static files: read once, compressed once, at addresses that change with their content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache

import brotli
import rcssmin
from flask import Blueprint, Response, abort, request, url_for

from models.operators.company import colours
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

assets = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    mime: str
    bodies: dict[str, bytes]  # by content encoding
    version: str


@cache
def _files() -> dict[str, Asset]:
    found = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.suffix in MIMES}
    return {name: _asset(path.read_bytes(), MIMES[path.suffix]) for name, path in found.items()}


@cache
def _stylesheet(door: str, colour: str) -> Asset:
    css = [(STATIC / "css" / f"{name}.css").read_text() for name in ("base", door)]
    sheet = rcssmin.cssmin("\n".join([*css, brand.tokens(colour)]))
    return _asset(sheet.encode(), MIMES[".css"])


def _asset(body: bytes, mime: str) -> Asset:
    bodies = {"": body}
    if not mime.startswith("image/png"):
        bodies |= {"br": brotli.compress(body), "gzip": gzip.compress(body, 9)}
    return Asset(mime, bodies, hashlib.sha256(body).hexdigest()[:10])


@cache  # every icon of a page asks
def asset(name: str) -> str:
    return url_for("assets.file", version=_files()[name].version, name=name)


def stylesheet(door: str, colour: str) -> str:
    """One sheet per door: base, the door's own and the provider's colour, joined."""
    version = _stylesheet(door, colour.lower()).version
    return url_for("assets.style", door=door, colour=colour.lower().lstrip("#"), version=version)


@assets.get("/static/<version>/<path:name>")
@public
def file(version: str, name: str) -> Response:
    return _send(_files().get(name))


@assets.get("/estilo/<any(staff,portal):door>-<colour>-<version>.css")
@public
def style(door: str, colour: str, version: str) -> Response:
    colour = f"#{colour.lower()}"
    if colour != brand.DEFAULT and colour not in colours():  # each is made once and kept, so not for just anybody
        abort(404)
    return _send(_stylesheet(door, colour))


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
