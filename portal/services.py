"""Serviços Contratados (C-103)."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.desk import subscriber_page
from web.access import subscriber
from web.doors import me

services = Blueprint("services", __name__)


@services.get("/servicos")
@subscriber("weak")
def index() -> ResponseReturnValue:
    return render_template("portal/services/index.html", services=subscriber_page.services(me().id))
