"""The log: one JSON line per request, route names instead of addresses, no personal data."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

_SECRETS = (
    (re.compile(r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}|\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}"), "***"),
    (re.compile(r"[^\s@\"']+@[^\s@\"']+\.[a-z]{2,}", re.I), "***@***"),
    (re.compile(r"(?i)(senha|password|token|authorization)(\W{1,3})\S+"), r"\1\2***"),
)
_encode = json.JSONEncoder(ensure_ascii=False).encode
_OWN = ("route", "status", "ms", "request_id", "principal", "error", "effect", "routine", "changed")


def masked(text: str) -> str:
    """Without documents, addresses of mail, passwords and tokens; one line."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text.replace("\r", "\\r").replace("\n", "\\n")


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": masked(record.getMessage()),
        }
        line |= {key: getattr(record, key) for key in _OWN if hasattr(record, key)}
        if record.exc_info:
            line["trace"] = masked(self.formatException(record.exc_info))
        return _encode(line)


def init_app(app: Flask) -> None:
    log = logging.getLogger("enlace")
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Lines())
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if request.endpoint and not request.endpoint.startswith("assets.") and "began" in g:
        logging.getLogger("enlace").info(
            "request",
            extra={
                "route": request.endpoint,
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.began) * 1000),
                "request_id": g.get("request_id"),
                "principal": g.get("principal"),
            },
        )
    return response
