"""Tries at a code: counted and committed before anything is looked at, so that guesses side by side do not help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.exceptions import TooManyRequests

from models import clock
from models.base import commit_now, db
from models.operators import Operator
from models.operators.throttle import DAY, QUARTER, Tries, count, forgive
from web.doors import me
from web.forms import Form, text

MOST, MOST_A_DAY = 5, 50


class Proof(Form):
    passcode = text("Código", 60)


def myself() -> Operator:
    return db.session.get_one(Operator, me().id)


def accepts_proof(form: Form, act: Callable[[], Any]) -> bool:
    """Run a verb that looks at a code, as `form.accepts`. Raises TooManyRequests after five wrong ones."""
    tries = _count()

    def proved() -> None:
        act()
        forgive(tries)

    return form.accepts(proved)


def _count() -> Tries:
    of = f"staff-code:{me().id}"
    tries: Tries = [(of, MOST, QUARTER), (of, MOST_A_DAY, DAY)]
    until = count(tries)
    commit_now()
    if until:
        raise TooManyRequests(retry_after=max(1, int((until - clock.now()).total_seconds())))
    return tries
