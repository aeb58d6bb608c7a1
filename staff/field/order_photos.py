"""The photos of an order: their bytes, and the way to take a wrong one away (A-97, A-121)."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from models.files import Attachment
from models.work_orders import WorkOrder
from staff.field.loading import load_photo
from staff.field.reasons import Act, Reason, reason_page
from web.access import staff
from web.fragments import done
from web.uploads import send_attachment

order_photos = Blueprint("order_photos", __name__)
PHOTO = "/ordens/fotos/<int:id>"
ACT = Act("Excluir a foto", "Quem a excluiu e por que ficam no histórico do cliente.", "Excluir a foto")


@order_photos.get(PHOTO)
@staff("orders.read")
def show(id: int) -> Response:
    _, row = load_photo(id)
    return send_attachment(row, thumb="miniatura" in request.args, download="baixar" in request.args)


@order_photos.get(f"{PHOTO}/remover")
@staff("orders.close")
def edit(id: int) -> ResponseReturnValue:
    return _page(*load_photo(id), Reason())


@order_photos.post(f"{PHOTO}/remover")
@staff("orders.close")
def destroy(id: int) -> ResponseReturnValue:
    form = Reason()
    order, photo = load_photo(id)
    if form.accepts(lambda: photo.remove(form.reason.data or "")):
        return done(url_for("staff.work_orders.show", id=order.id), "Foto excluída")
    return _page(*load_photo(id), form), form.code


def _page(order: WorkOrder, photo: Attachment, form: Reason) -> str:
    return reason_page(order, ACT, form, url_for("staff.order_photos.destroy", id=photo.id))
