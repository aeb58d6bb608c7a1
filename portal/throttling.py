"""When a subscriber has tried too often: until when to wait, as a header and a page."""

from __future__ import annotations

from datetime import datetime

from flask import Response, after_this_request, make_response, render_template

from models import clock
from models.base import reads_from_here


def say_when(until: datetime) -> None:
    """Put Retry-After on whatever answers this request."""
    seconds = max(1, int((until - clock.now()).total_seconds()))

    @after_this_request
    def _header(response: Response) -> Response:
        response.headers["Retry-After"] = str(seconds)
        return response


def wait(until: datetime) -> Response:
    """429, with the other ways to reach the provider."""
    say_when(until)
    reads_from_here()
    return make_response(render_template("portal/sessions/wait.html", until=until), 429)
