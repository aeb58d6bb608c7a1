"""Serviços Contratados (C-103)."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.central.services import had_service
from models.services.trust_unlock import WHAT_FOR
from portal.loading import every
from web.access import subscriber
from web.doors import me

services = Blueprint("services", __name__)


@services.get("/servicos")
@subscriber("weak")
def index() -> ResponseReturnValue:
    services = every()
    ended = not services and had_service(me().id)
    return render_template("portal/services/index.html", services=services, ended=ended, what_for=WHAT_FOR)
