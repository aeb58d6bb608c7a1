"""Enviar por Email (C-45)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.billing import Carne
from models.operators import company_of
from models.papers import mail_carne
from models.people import Person
from staff.carnes.loading import load
from web.access import staff
from web.fragments import done
from web.messages import written

carne_mails = Blueprint("carne_mails", __name__)


@carne_mails.post("/carnes/<int:id>/envio")
@staff("billing.charge")
def create(id: int) -> ResponseReturnValue:
    carne = load(id)
    notice = mail_carne(carne, *_letter(carne))
    db.session.commit()
    toast = f"Carnê {id} na fila de envio para {notice.address}"
    return done(url_for("staff.carnes.index", id=carne.person_id), toast)


def _letter(carne: Carne) -> tuple[str, str]:
    person = db.session.get_one(Person, carne.person_id)
    company = company_of(carne)
    return written("carne", person, company, description=carne.description, parcels=carne.payable())
