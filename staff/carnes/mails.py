"""Enviar por Email (C-45)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.billing.carne_mail import mail_carne
from staff.carnes.loading import load
from web.access import staff
from web.fragments import done

carne_mails = Blueprint("carne_mails", __name__)


@carne_mails.post("/carnes/<int:id>/envio")
@staff("billing.charge")
def create(id: int) -> ResponseReturnValue:
    carne = load(id)
    notice = mail_carne(carne)
    db.session.commit()
    said = f"Carnê {id} na fila de envio para {notice.address}"
    return done(url_for("staff.carnes.index", id=carne.person_id), said)
