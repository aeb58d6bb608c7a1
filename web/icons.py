"""Icons as templates call them: the same on every page, so each is drawn once by its macro and kept."""

from functools import cache
from typing import Any

from flask import Flask, current_app


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {"icon": icon, "tile": tile}


@cache
def icon(name: str, size: int = 18) -> Any:
    return _macros().icon(name, size)


@cache
def tile(size: int = 26) -> Any:
    return _macros().tile(size)


def _macros() -> Any:
    return current_app.jinja_env.get_template("components/icon.html").module
