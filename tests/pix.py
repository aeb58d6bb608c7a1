"""What the tests of Pix say to the webhook and ask of the database; their bank stands in tests/jobs/conftest.py."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from models.billing import Payment
from models.collection import PixCharge, PixReceipt
from models.collection.to_pay import pix_code
from models.outbox import Effect

DUE = date(2026, 12, 10)
TOTAL = 16650
KEY = "financeiro@valeclaro.com.br"
TOKEN = "t" * 32
URL = f"/webhooks/pix/{TOKEN}/pix"


def registered(db, worker):
    """What is new or changed goes to the bank; the charge that lives."""
    worker.routine("pix_requests")
    worker.drain()
    db.expire_all()
    return db.scalars(select(PixCharge).order_by(PixCharge.id.desc())).first()


def tell(anonymous, bank, *e2e_ids, url=URL, **more):
    return anonymous().post(url, data=bank.webhook_body(*e2e_ids), content_type="application/json", **more)


def pending(bank, worker, anonymous, txid, cents, key=KEY):
    """Somebody pays a static code, and the bank confirms it."""
    tell(anonymous, bank, bank.receive(txid, cents, key))
    worker.drain()


def shown(db, invoice):
    """The code that an invoice shows now."""
    db.expire_all()
    return pix_code(invoice)


def paid(db):
    db.expire_all()
    return list(db.scalars(select(Payment)))


def receipt(db):
    db.expire_all()
    return db.scalars(select(PixReceipt)).one()


def asked(db, kind):
    return db.scalar(select(func.count()).select_from(Effect).where(Effect.kind == kind))
