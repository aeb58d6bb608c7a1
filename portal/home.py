"""The first screen: am I online, since when not, how do I get back."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.loading import every
from web.access import subscriber

home = Blueprint("home", __name__)


@home.get("/")
@subscriber("weak")
def index() -> ResponseReturnValue:
    return render_template("portal/home/index.html", services=every())
