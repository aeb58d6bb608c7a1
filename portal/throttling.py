"""When a subscriber has tried too often: until when to wait, as a sentence, a header and a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Response, after_this_request, make_response, render_template

from models import clock
from models.base import db, reads_from_here
from models.operators import within
from models.operators.throttle import forgive, spent

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
Tries = list[tuple[str, int, timedelta]]  # what is counted, how many are allowed, in which window


def count(tries: Tries) -> timedelta | None:
    """Count one try of each, before anything is verified, so that guesses side by side do not slip through.

    Answers with the window of the first that is one too many; then nothing was counted. Commits.
    """
    for number, (key, most, window) in enumerate(tries):
        if not within(key, most, window):
            take_back(tries[: number + 1])
            return window
    db.session.commit()
    return None


def is_full(tries: Tries) -> bool:
    """Would the next try be one too many? Counts nothing."""
    return any(spent(key, most, window) for key, most, window in tries)


def take_back(tries: Tries) -> None:
    """They were good ones, or none. Commits."""
    for key, _, window in tries:
        forgive(key, window)
    db.session.commit()


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


def wait(window: timedelta) -> Response:
    """429, with the other ways to reach the provider."""
    until = end_of(window)
    say_when(until)
    reads_from_here()
    return make_response(render_template("portal/sessions/wait.html", until=until), 429)
