"""The first screen: am I online, how much do I owe, how do I pay, how do I get back."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.central import home as questions
from web.access import subscriber
from web.doors import me

home = Blueprint("home", __name__)


@home.get("/")
@subscriber("weak")
def index() -> ResponseReturnValue:
    return render_template("portal/home/index.html", home=questions.home(me().id, me().level))
