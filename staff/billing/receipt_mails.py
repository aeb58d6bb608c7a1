"""Enviar recibo por e-mail (B-17)."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from models.base import db
from models.billing import Payment
from models.operators import company_of
from models.papers import mail_receipt
from models.people import Person
from staff.loading import load_row
from web.access import staff
from web.fragments import done
from web.messages import written

receipt_mails = Blueprint("receipt_mails", __name__)


@receipt_mails.post("/pagamentos/<int:id>/recibo/envio")
@staff("billing.receive")
def create(id: int) -> ResponseReturnValue:
    payment = load_row(Payment, id)
    notice = mail_receipt(payment, *_letter(payment))
    db.session.commit()
    toast = f"Recibo {id} na fila de envio para {notice.address}"
    return done(url_for("staff.payments.show", id=id), toast)


def _letter(payment: Payment) -> tuple[str, str]:
    person = db.session.get_one(Person, payment.person_id)
    paid = {"amount_cents": payment.amount_cents, "paid_on": payment.paid_on}
    return written("receipt", person, company_of(payment), number=payment.id, **paid)
