"""Aparelhos: where the subscriber is signed in, and ending that."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.central.devices import devices as open_devices
from models.operators import LoginSession
from web.access import subscriber
from web.doors import me
from web.forms import whole
from web.fragments import done

devices = Blueprint("devices", __name__)


@devices.get("/conta/aparelhos")
@subscriber("proved")
def index() -> ResponseReturnValue:
    found = open_devices(me().id)
    return render_template("portal/devices/index.html", devices=found, here=me().session_id)


@devices.post("/conta/aparelhos/encerrar")
@subscriber("proved")
def destroy() -> ResponseReturnValue:
    """One of them, or all but this."""
    if "device" not in request.form:
        LoginSession.revoke_all("subscriber", me().id, but=me().session_id)
        toast = "Os outros aparelhos saíram da Central"
    else:
        mine = {device.id: device for device in open_devices(me().id)}
        device = mine.get(whole(request.form["device"])) or abort(404)
        LoginSession.revoke(device.id)
        toast = f"{device.words}: saiu da Central"
    db.session.commit()
    return done(url_for("portal.devices.index"), toast)
