"""The first page of Configuração: every catalogue, what it is for and how much is in it."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from staff.configuration.menu import page
from web.access import staff

configuration = Blueprint("configuration", __name__)


@configuration.get("/configuracao")
@staff("catalog.read")
def index() -> ResponseReturnValue:
    return page("index.html")
