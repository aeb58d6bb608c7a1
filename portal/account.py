"""Conta: who is here, how to reach the provider, leaving."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.central import record as questions
from web.access import subscriber
from web.doors import me

account = Blueprint("account", __name__)


@account.get("/conta")
@subscriber("weak")
def show() -> ResponseReturnValue:
    """At level weak nothing of the record is read."""
    if me().level == "proved":
        return render_template("portal/account/show.html", record=questions.record(me().id))
    return render_template("portal/account/weak.html", name=questions.short_name(me().name))
