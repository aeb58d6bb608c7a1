"""Icons from one sprite. An icon never stands alone without words near it, so it is hidden from readers."""

from functools import cache

from flask import Flask
from markupsafe import Markup

from web.assets import asset

_DRAWN = Markup(
    '<svg class="{}" width="{}" height="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>'
)


@cache  # a page draws dozens
def icon(name: str, size: int = 18) -> Markup:
    return _DRAWN.format("icon", size, size, asset("icons.svg"), name)


@cache
def tile(size: int = 26) -> Markup:
    """The mark of the product, in the colour of the provider."""
    return _DRAWN.format("tile", size, size, asset("icons.svg"), "enlace")


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {"icon": icon, "tile": tile}
