"""The bytes of a public file of one's own request; any other is a 404."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from models.central.tickets import public_file
from web.access import subscriber
from web.doors import me
from web.uploads import send_attachment

attachments = Blueprint("attachments", __name__)


@attachments.get("/ajuda/arquivos/<int:id>")
@subscriber("proved")
def show(id: int) -> Response:
    row = public_file(me().id, id) or abort(404)
    return send_attachment(row, thumb="miniatura" in request.args)
