"""What is refused before anybody is asked who they are: broken text, foreign origins."""

import re
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, request
from werkzeug.exceptions import BadHost, SecurityError
from werkzeug.routing import IntegerConverter

View = TypeVar("View", bound=Callable[..., Any])
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")


class BoundedId(IntegerConverter):
    """Ids in addresses: 1 to 2^63-1, else SQLite answers with an error of its own."""

    regex = r"[0-9]+"  # not the digits of other scripts

    def __init__(self, map: object, **options: object) -> None:
        super().__init__(map, min=1, max=2**63 - 1, **options)  # type: ignore[arg-type]


def takes(most_bytes: int) -> Callable[[View], View]:
    """A view whose requests may be larger, or must be smaller, than the rest: known before anything is read."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = BoundedId
    app.before_request(_guard)


def _guard() -> None:
    if isinstance(request.routing_exception, SecurityError | BadHost):
        raise request.routing_exception  # first of all, for no page can be drawn: it has no addresses
    if most := getattr(current_app.view_functions.get(request.endpoint or ""), "most_bytes", None):
        request.max_content_length = most
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            abort(403)
        if request.mimetype == "application/x-www-form-urlencoded":
            _check_bytes(request.get_data())
        _check(value for key, values in request.form.lists() for value in (key, *values))
    _check_bytes(request.query_string)
    _check(value for key, values in request.args.lists() for value in (key, *values))
    _check([request.path])


def _check(texts: object) -> None:
    if any(_CONTROL.search(text) for text in texts):  # type: ignore[attr-defined]
        abort(400)


def _check_bytes(encoded: bytes) -> None:
    """Werkzeug leaves bytes that are no UTF-8 as they were typed, %FF; nobody means that."""
    try:
        unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        abort(400)
