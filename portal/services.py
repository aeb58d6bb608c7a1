"""Serviços Contratados (C-103)."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.loading import every
from web.access import subscriber

services = Blueprint("services", __name__)


@services.get("/servicos")
@subscriber("weak")
def index() -> ResponseReturnValue:
    return render_template("portal/services/index.html", services=every())
