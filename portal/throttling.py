"""When a subscriber has tried too often: until when to wait, as a sentence, a header and a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Response, after_this_request, make_response, render_template

from models import clock
from models.base import reading

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)


def end_of(window: timedelta) -> datetime:
    """When the present window of models/operators/throttle.py closes and counting begins anew."""
    seconds = window.total_seconds()
    return datetime.fromtimestamp((clock.now().timestamp() // seconds + 1) * seconds, UTC)


def say_when(until: datetime) -> None:
    """Put Retry-After on whatever answers this request."""
    seconds = max(1, int((until - clock.now()).total_seconds()))

    @after_this_request
    def _header(response: Response) -> Response:
        response.headers["Retry-After"] = str(seconds)
        return response


def wait(until: datetime, *, everybody: bool = False) -> Response:
    """429 at the entry, with the other ways to reach the provider."""
    say_when(until)
    reading.set(True)
    return make_response(render_template("portal/sessions/wait.html", until=until, everybody=everybody), 429)
