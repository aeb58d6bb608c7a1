"""Without network: the worker and its page, which are nobody's, and what a device asks before it sends (B-22)."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, url_for
from flask_wtf.csrf import generate_csrf

from staff.phone.loading import ROOT
from web.access import public, staff
from web.doors import me
from web.installing import worker as web_worker

offline = Blueprint("phone_offline", __name__)
sendings = Blueprint("phone_sendings", __name__)


@offline.get(f"{ROOT}/sw.js")
@public
def worker() -> Response:
    return web_worker("tecnico", url_for("staff.phone_offline.show"), show())


@offline.get(f"{ROOT}/sem-rede")
@public
def show() -> str:
    """Kept by the worker, so nothing in it may belong to a session: what waits is read on the device."""
    return render_template("staff/phone/offline.html")


@sendings.get(f"{ROOT}/envio")
@staff("orders.close", renews=False)  # asked by itself while something waits
def new() -> Response:
    """Who is signed in, and the token their posts carry: a device sends only what was kept by the same operator."""
    return jsonify(operator=me().id, token=generate_csrf())
