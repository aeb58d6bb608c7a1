"""The first screen: am I online, how much do I owe, how do I pay, how do I get back."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from models.desk.blocked import why_blocked
from models.desk.subscriber_invoices import open_invoices
from portal.loading import every
from web.access import subscriber
from web.doors import me

home = Blueprint("home", __name__)


@home.get("/")
@subscriber("weak")
def index() -> ResponseReturnValue:
    services = every()
    return render_template(
        "portal/home/index.html",
        services=services,
        invoices=open_invoices(me().id),
        blocked=why_blocked(services[0].id) if services and services[0].suspended_on else None,
    )
