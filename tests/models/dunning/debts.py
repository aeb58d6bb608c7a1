"""Somebody who owes: an open invoice of a service, told of or not, without waiting for the months to pass."""

from __future__ import annotations

from datetime import date, timedelta

from models import clock
from models.base import db
from models.billing import Invoice
from models.billing.issue import Draft, NewCharge, issue
from models.dunning import DebtNotice
from models.operators import company_of


def owes(service, due_on: date, noticed_on: date | None = None, cents: int = 9990) -> Invoice:
    """An invoice of R$ 99,90 due on a day, told of on another; the caller commits."""
    charge = NewCharge(service.id, "one_off", "Mensalidade", cents, (("scm", "Internet (SCM)", cents),))
    draft = Draft(
        company=company_of(service),
        person_id=service.person_id,
        method_id=service.billing_method_id,
        account=None,
        due_on=due_on,
        charges=(charge,),
    )
    [id] = issue([draft], due_on - timedelta(days=10))
    invoice = db.session.get_one(Invoice, id)
    if noticed_on:
        told(service, invoice, noticed_on)
    return invoice


def told(service, invoice, on: date) -> None:
    """The notice of this debt, in the Central."""
    row = DebtNotice(
        company_id=service.company_id,
        person_id=service.person_id,
        service_id=service.id,
        invoice_id=invoice.id,
        noticed_on=on,
        suspends_on=on + timedelta(days=15),
        amount_cents=invoice.total_cents,
        channel="portal",
        text="Sua fatura continua em aberto.",
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
