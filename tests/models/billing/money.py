"""A month of money: an account that receives and one customer who is charged."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select

from models.base import db
from models.billing.gaps import charge_days, cost_of
from models.billing.run import bill, persons_to_bill
from models.catalog import BankAccount, BillingMethod
from models.services import Service, ServiceItem
from tests import cast

ITEMS = (("scm", "Internet (SCM)", 6990), ("sva", "Streaming (SVA)", 3000))


def account(**more):
    """An account at Itaú with a Pix key, for every method that charges."""
    row = BankAccount(
        **{
            "company_id": 0,
            "name": "Itaú principal",
            "bank": "341",
            "fields": {"agencia": "0057", "conta": "12345", "carteira": "109"},
            "pix_key": "financeiro@valeclaro.com.br",
            "pix_city": "VALE CLARO",
            **more,
        }
    )
    row.create()
    for method in db.session.scalars(select(BillingMethod)):
        method.bank_account_id = row.id
    db.session.commit()
    return row


def charged(person, items=ITEMS, **changes):
    """The first service of a customer, charged R$ 99,90 a month from 20/11/2026, due on the 10th."""
    service = cast.service(person)
    usual = {"starts_on": date(2026, 11, 20), "due_day": 10, "billing_type": "prepaid", "uses_carne": False}
    for key, value in {**usual, "installation_fee_cents": 0, **changes}.items():
        setattr(service, key, value)
    db.session.execute(ServiceItem.__table__.delete().where(ServiceItem.service_id == service.id))
    lines = [
        {
            "company_id": service.company_id,
            "service_id": service.id,
            "position": i,
            "kind": k,
            "name": n,
            "amount_cents": c,
        }
        for i, (k, n, c) in enumerate(items)
    ]
    db.session.execute(insert(ServiceItem), lines)
    db.session.commit()
    db.session.expire_all()
    return service


def nobody_else(person):
    """The other customers pay by carnê, so the run passes them by."""
    others = Service.__table__.update().where(Service.person_id != person.id)
    db.session.execute(others.values(uses_carne=True, installation_fee_cents=0))
    db.session.commit()


def run(until=None):
    """The monthly run over everybody; how many invoices it issued."""
    issued = bill(persons_to_bill(), until).issued
    db.session.commit()
    return issued


def charge_shown(service, starts_on, ends_on, due_on):
    """Cobrar estes dias, for the value that is shown; the id of the invoice."""
    cents = sum(part.cents for part in cost_of(service, starts_on, ends_on))
    return charge_days(service, starts_on, ends_on, due_on, cents)
