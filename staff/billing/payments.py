"""What was received: the page a receipt at the counter ends on, with its receipt to print and to send (B-17)."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from models.billing import Payment
from models.desk.payment_page import payment_page
from staff.customers.loading import page
from staff.loading import load_row
from web.access import staff

payments = Blueprint("payments", __name__)


@payments.get("/pagamentos/<int:id>")
@staff("billing.read")
def show(id: int) -> ResponseReturnValue:
    payment = load_row(Payment, id)
    return page("staff/payments/show.html", payment.person_id, "money", shown=payment_page(payment))
