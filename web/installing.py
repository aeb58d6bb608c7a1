"""The worker of a door on a phone: it keeps one page for when there is no network, and the files that page uses."""

from __future__ import annotations

import re
from hashlib import sha256

from flask import Response, render_template


def worker(name: str, address: str, page: str) -> Response:
    """The script of the worker called `name`, which keeps the `page` at this address.

    Its text changes with the page and the files it uses, so that phones fetch them anew. The workers of both doors
    share the browser's store: each throws away only what is of its own name.
    """
    files = sorted(set(re.findall(r'(?:href|src)="(/(?:static|estilo)/[^"#]+)', page)))
    version = sha256(page.encode()).hexdigest()[:10]
    script = render_template("installing/worker.js", name=name, version=version, files=files, page=address)
    return Response(script, mimetype="text/javascript")
