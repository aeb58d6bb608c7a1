"""Manual: how the work is done here, for whoever is signed in."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from web.access import staff
from web.manual import FIRST, pages, read

manual = Blueprint("manual", __name__)


@manual.get("/manual")
@staff()
def index() -> ResponseReturnValue:
    return _page(FIRST)


@manual.get("/manual/<page>")
@staff()
def show(page: str) -> ResponseReturnValue:
    return _page(page)


def _page(name: str) -> str:
    return render_template("staff/manual/show.html", shown=read(name) or abort(404), pages=pages())
