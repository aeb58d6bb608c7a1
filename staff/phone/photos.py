"""The bytes of a photo or signature of one's own visit."""

from __future__ import annotations

from flask import Blueprint, abort, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.base import db
from models.files import Attachment
from models.work_orders import WorkOrder
from staff.phone.loading import ROOT, load
from web.access import staff
from web.uploads import send_attachment

visit_photos = Blueprint("visit_photos", __name__)


@visit_photos.get(f"{ROOT}/fotos/<int:id>")
@staff("orders.close")
def show(id: int) -> Response:
    row = db.session.scalars(select(Attachment).where(Attachment.id == id)).one_or_none()
    if row is None or row.subject_type != WorkOrder.__tablename__ or row.deleted_at:
        abort(404)
    load(row.subject_id)
    return send_attachment(row, thumb="miniatura" in request.args)
